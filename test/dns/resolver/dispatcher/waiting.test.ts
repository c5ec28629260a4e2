import { describe, expect, it } from 'vitest';
import { recordingDispatcher } from '../dispatching.js';
import { sentTo, urlOf } from '../fakes.js';

describe('a dispatcher with a rate', () => {
  it('sends a question whenever there is a token', async () => {
    const { enqueue, sent, pass } = recordingDispatcher(10);
    for (const name of ['a.dev', 'b.dev', 'c.dev']) enqueue(name);
    await pass();
    expect(sent).toEqual(['a.dev']);
    await pass(99);
    expect(sent).toEqual(['a.dev']);
    await pass(1);
    expect(sent).toEqual(['a.dev', 'b.dev']);
    await pass(100);
    expect(sent).toEqual(['a.dev', 'b.dev', 'c.dev']);
  });

  it('does not tell a question that it is sent as long as there is no token', async () => {
    const { enqueue, pass } = recordingDispatcher(10);
    const told: string[] = [];
    enqueue('a.dev');
    enqueue('b.dev', { sending: (server) => void told.push(server) });
    await pass(99);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([urlOf(1)]);
  });

  it('lets a question wait if what it asks for takes the last token', async () => {
    const { enqueue, sent, pass } = recordingDispatcher(10);
    let isAsked = false;
    enqueue('a.dev', {
      sending() {
        if (!isAsked) enqueue('canary', { only: urlOf(1) });
        isAsked = true;
      },
    });
    await pass();
    expect(sent).toEqual(['canary']);
    await pass(100);
    expect(sent).toEqual(['canary', 'a.dev']);
  });

  it.each([
    ['before others if it has a priority question', urlOf(1), ['a.dev', 'other']],
    ['in turn if it has none', undefined, ['other', 'a.dev']],
  ])('gets a token %s', async (_, only, order) => {
    const { run, enqueue, sent, pass } = recordingDispatcher(10);
    run.limiter.tryTake();
    run.limiter.wait({
      hasPriority: () => false,
      dispatch() {
        run.limiter.tryTake();
        sent.push('other');
      },
    });
    enqueue('a.dev', only === undefined ? undefined : { only });
    await pass(200);
    expect(sent).toEqual(order);
  });
});

describe('a dispatcher whose question no upstream may be sent', () => {
  /** Creates a dispatcher with a question that waits; its upstreams may be asked again at these times. */
  async function withWaiting(...resumeAt: readonly [number, number]) {
    const recording = recordingDispatcher();
    const { upstream, enqueue, waiting, pass } = recording;
    for (const [index, time] of resumeAt.entries()) {
      sentTo(recording, upstream(index + 1));
      upstream(index + 1).health.resumeAt = time;
    }
    waiting.add(enqueue('a.dev'));
    await pass();
    return recording;
  }

  it('tries again whenever one of them may be asked again', async () => {
    const { choices, pass } = await withWaiting(500, 300);
    const counts: number[] = [];
    for (const milliseconds of [299, 1, 199, 1, 10_000]) {
      await pass(milliseconds);
      counts.push(choices());
    }
    expect(counts).toEqual([1, 2, 2, 3, 3]);
  });

  it('has one timer', async () => {
    const { dispatcher, clock } = await withWaiting(500, 300);
    dispatcher.dispatch();
    expect(clock.pending()).toBe(1);
  });

  it('has no timer if only a reply helps', async () => {
    const { clock } = await withWaiting(0, 0);
    expect(clock.pending()).toBe(0);
  });

  it('has no timer after it is closed', async () => {
    const { dispatcher, clock } = await withWaiting(500, 300);
    dispatcher.close();
    expect(clock.pending()).toBe(0);
  });
});
