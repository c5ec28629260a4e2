import { describe, expect, it } from 'vitest';
import type { Random } from '../../../src/util/random.js';
import { recordingDispatcher, runLengths } from './dispatching.js';
import { pendingQuestion, sentTo, urlOf, withoutJitter } from './fakes.js';

describe('a dispatcher', () => {
  it('sends all questions of a turn together, at its end', async () => {
    const { dispatcher, enqueue, sent, pass, turns } = recordingDispatcher();
    enqueue('a.dev');
    enqueue('b.dev');
    expect([sent, dispatcher.isEmpty()]).toEqual([[], false]);
    await pass();
    expect([sent, dispatcher.isEmpty(), turns()]).toEqual([['a.dev', 'b.dev'], true, 1]);
  });

  it('sends at most 128 questions a turn, and goes on in the next one', async () => {
    const { enqueue, sentIn, pass } = recordingDispatcher();
    for (let count = 0; count < 300; count++) enqueue('x.dev');
    await pass();
    expect(runLengths(sentIn)).toEqual([128, 128, 44]);
  });

  it('sends one question more in a turn if the last one asks a priority question first', async () => {
    const { enqueue, sentIn, pass } = recordingDispatcher();
    for (let count = 0; count < 127; count++) enqueue('x.dev');
    let isAsked = false;
    enqueue('x.dev', {
      sending() {
        if (!isAsked) enqueue('canary', { only: urlOf(1) });
        isAsked = true;
      },
    });
    for (let count = 0; count < 200; count++) enqueue('x.dev');
    await pass();
    expect(runLengths(sentIn)).toEqual([129, 128, 72]);
  });

  it('keeps a question until an upstream may be sent it', async () => {
    const { dispatcher, enqueue, waiting, sent, pass } = recordingDispatcher();
    const pending = enqueue('a.dev');
    waiting.add(pending);
    await pass();
    expect([sent, dispatcher.isEmpty()]).toEqual([[], false]);
    waiting.clear();
    dispatcher.schedule();
    expect(sent).toEqual([]);
    await pass();
    expect([sent, dispatcher.isEmpty()]).toEqual([['a.dev'], true]);
  });

  it('does not look again in the next turn if no upstream may be sent what is left', async () => {
    const { enqueue, waiting, sent, pass, turns } = recordingDispatcher();
    for (const name of ['a.dev', 'b.dev']) enqueue(name);
    waiting.add(enqueue('c.dev'));
    await pass();
    expect([sent, turns()]).toEqual([['a.dev', 'b.dev'], 1]);
  });

  it('sends at once if that is wanted', () => {
    const { dispatcher, enqueue, sent } = recordingDispatcher();
    enqueue('a.dev');
    dispatcher.dispatch();
    expect(sent).toEqual(['a.dev']);
  });

  it('does not look again if no question waits', async () => {
    const { dispatcher, pass, turns } = recordingDispatcher();
    dispatcher.schedule();
    await pass();
    expect(turns()).toBe(0);
  });

  it('fails a question that no upstream is left for, and sends the others', async () => {
    const { enqueue, exhausted, sent, failed, pass } = recordingDispatcher();
    exhausted.add(enqueue('a.dev'));
    enqueue('b.dev');
    await pass();
    expect([sent, failed]).toEqual([['b.dev'], ['a.dev']]);
  });

  it('drops a question that was settled while it waited', async () => {
    const { dispatcher, enqueue, sent, failed, pass, choices } = recordingDispatcher();
    enqueue('a.dev').isSettled = true;
    await pass();
    expect([sent, failed, choices(), dispatcher.isEmpty()]).toEqual([[], [], 0, true]);
  });

  it('says when the last question that waited has been sent', async () => {
    const { dispatcher, enqueue, waiting, drained, pass } = recordingDispatcher();
    waiting.add(enqueue('a.dev'));
    enqueue('b.dev');
    await pass();
    expect(drained()).toBe(0);
    waiting.clear();
    dispatcher.dispatch();
    expect(drained()).toBe(1);
    dispatcher.dispatch();
    expect(drained()).toBe(1);
  });

  it('tells a question to which server it is sent, and sends what that asks for first', async () => {
    const { enqueue, sent, pass } = recordingDispatcher();
    const told: string[] = [];
    enqueue('a.dev', {
      sending(server) {
        told.push(server);
        enqueue('canary', { only: urlOf(1) });
      },
    });
    await pass();
    expect([told, sent]).toEqual([[urlOf(1)], ['canary', 'a.dev']]);
  });

  it('sends nothing after it is closed', async () => {
    const { dispatcher, enqueue, sent, pass } = recordingDispatcher();
    enqueue('a.dev');
    dispatcher.close();
    expect(dispatcher.isEmpty()).toBe(true);
    enqueue('b.dev');
    await pass();
    expect(sent).toEqual([]);
  });
});

describe('a question that was lost on a stream', () => {
  /** Creates a dispatcher, and a question that was lost on the stream to its first server. */
  function withLost(random?: Random) {
    const recording = recordingDispatcher(undefined, random);
    recording.wayTo(urlOf(1)).kind = 'stream';
    const lost = sentTo(recording, recording.upstream(1));
    for (const attempt of lost.attempts) attempt.isLost = true;
    return { ...recording, lost };
  }

  it('goes there again in a turn of its own', async () => {
    // It is the turn of new questions.
    const random = { ...withoutJitter, fraction: () => 0 };
    const { dispatcher, enqueue, sent, sentIn, lost, pass } = withLost(random);
    enqueue('a.dev');
    dispatcher.enqueue(lost);
    enqueue('b.dev');
    await pass();
    expect([sent, runLengths(sentIn)]).toEqual([
      ['a.dev', 'b.dev', 'x.dev'],
      [2, 1],
    ]);
  });

  it('lets the others wait for the next turn if it is the first one', async () => {
    const { dispatcher, sent, sentIn, lost, pass } = withLost();
    dispatcher.enqueue(lost);
    const other = pendingQuestion('b.dev');
    other.attempts = lost.attempts.map((attempt) => ({ ...attempt, isLost: false }));
    dispatcher.enqueue(other);
    await pass();
    expect([sent, runLengths(sentIn)]).toEqual([
      ['x.dev', 'b.dev'],
      [1, 1],
    ]);
  });
});
