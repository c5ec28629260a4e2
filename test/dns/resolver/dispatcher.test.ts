import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Attempt, addAttempt } from '../../../src/dns/resolver/attempt.js';
import { createDispatcher } from '../../../src/dns/resolver/dispatcher.js';
import { recordQuery, type Upstream } from '../../../src/dns/resolver/upstream.js';
import { endOfTurn, fakeUpstream, fill, pendingQuestion, stopTime } from './upstreams.js';

beforeEach(stopTime);

/** Creates a dispatcher that keeps the names it sends and those it gives up, in order. */
function recordingDispatcher(upstreams: readonly Upstream<Attempt>[], rate = Number.POSITIVE_INFINITY) {
  const sent: string[] = [];
  const givenUp: string[] = [];
  const dispatcher = createDispatcher(upstreams, undefined, rate, {
    send(pending, upstream, now) {
      sent.push(pending.question.name);
      addAttempt(pending, upstream, now);
      recordQuery(upstream, now);
    },
    giveUp: (pending) => void givenUp.push(pending.question.name),
  });
  return { dispatcher, sent, givenUp };
}

/** An upstream with a window of `size` queries. */
function upstreamWithWindow(size: number): Upstream<Attempt> {
  const upstream = fakeUpstream();
  return { ...upstream, congestionControl: { ...upstream.congestionControl, window: () => size } };
}

describe('createDispatcher', () => {
  it('sends all questions of a turn together, at its end', async () => {
    const { dispatcher, sent } = recordingDispatcher([fakeUpstream()]);
    const first = pendingQuestion('a.dev');
    dispatcher.enqueue(first);
    dispatcher.enqueue(pendingQuestion('b.dev'));
    expect([sent, first.isQueued, dispatcher.isIdle()]).toEqual([[], true, false]);
    await endOfTurn();
    expect([sent, first.isQueued, dispatcher.isIdle()]).toEqual([['a.dev', 'b.dev'], false, true]);
  });

  it('sends at most 128 questions a turn, and goes on in the next one', async () => {
    const { dispatcher, sent } = recordingDispatcher([upstreamWithWindow(1000)]);
    for (let count = 0; count < 300; count++) dispatcher.enqueue(pendingQuestion());
    for (const expected of [128, 256, 300]) {
      await endOfTurn();
      expect(sent).toHaveLength(expected);
    }
  });

  it('keeps questions until an upstream has room', async () => {
    const upstream = upstreamWithWindow(2);
    const { dispatcher, sent } = recordingDispatcher([upstream]);
    for (const name of ['a.dev', 'b.dev', 'c.dev']) dispatcher.enqueue(pendingQuestion(name));
    await endOfTurn();
    expect([sent, dispatcher.isIdle()]).toEqual([['a.dev', 'b.dev'], false]);
    upstream.inFlight--;
    dispatcher.sweep(performance.now());
    expect([sent, dispatcher.isIdle()]).toEqual([['a.dev', 'b.dev', 'c.dev'], true]);
  });

  it('sends retries before new questions', async () => {
    const { dispatcher, sent } = recordingDispatcher([upstreamWithWindow(1)]);
    const retry = pendingQuestion('retry.dev');
    addAttempt(retry, fakeUpstream('192.0.2.9'), 0);
    dispatcher.enqueue(pendingQuestion('new.dev'));
    dispatcher.enqueue(retry);
    await endOfTurn();
    expect(sent).toEqual(['retry.dev']);
  });

  it('drops a question that was settled while it waited', async () => {
    const upstream = fakeUpstream();
    fill(upstream);
    const { dispatcher, sent } = recordingDispatcher([upstream]);
    const settled = pendingQuestion();
    dispatcher.enqueue(settled);
    settled.isSettled = true;
    await endOfTurn();
    expect([sent, settled.isQueued, dispatcher.isIdle()]).toEqual([[], false, true]);
  });

  it('keeps to the rate, retries included, whatever the number of upstreams', async () => {
    const { dispatcher, sent } = recordingDispatcher(
      [fakeUpstream('192.0.2.1'), fakeUpstream('192.0.2.2')],
      1,
    );
    const retry = pendingQuestion('a.dev');
    addAttempt(retry, fakeUpstream('192.0.2.9'), 0);
    for (const pending of [retry, pendingQuestion('b.dev'), pendingQuestion('c.dev')])
      dispatcher.enqueue(pending);
    await endOfTurn();
    expect(sent).toEqual(['a.dev']);
    vi.advanceTimersByTime(900);
    dispatcher.sweep(performance.now());
    expect(sent).toEqual(['a.dev']);
    vi.advanceTimersByTime(100);
    dispatcher.sweep(performance.now());
    expect(sent).toEqual(['a.dev', 'b.dev']);
  });

  it('sends nothing after it is cleared', async () => {
    const { dispatcher, sent } = recordingDispatcher([fakeUpstream()]);
    dispatcher.enqueue(pendingQuestion());
    dispatcher.clear();
    await endOfTurn();
    expect([sent, dispatcher.isIdle()]).toEqual([[], true]);
  });
});

describe('createDispatcher with questions to ask again', () => {
  it('sends a delayed question at the first sweep after its pause', async () => {
    const { dispatcher, sent } = recordingDispatcher([fakeUpstream()]);
    const delayed = Object.assign(pendingQuestion('a.dev'), { notBefore: performance.now() + 50 });
    dispatcher.delay(delayed);
    dispatcher.sweep(performance.now() + 49);
    expect([sent, dispatcher.delayed(), dispatcher.isIdle()]).toEqual([[], 1, false]);
    dispatcher.sweep(performance.now() + 50);
    expect([sent, dispatcher.delayed(), dispatcher.isIdle()]).toEqual([['a.dev'], 0, true]);
  });

  it('gives up a question that no living upstream is left for, and sends the others', async () => {
    const [dead, living] = [fakeUpstream('192.0.2.1'), fakeUpstream('192.0.2.2')];
    const { health } = dead;
    const upstreams = [{ ...dead, health: { ...health, isDead: () => true, mayAsk: () => false } }, living];
    const { dispatcher, sent, givenUp } = recordingDispatcher(upstreams);
    dispatcher.enqueue(pendingQuestion('a.dev', { avoid: new Set([living.server.url]) }));
    dispatcher.enqueue(pendingQuestion('b.dev'));
    await endOfTurn();
    expect([sent, givenUp]).toEqual([['b.dev'], ['a.dev']]);
  });
});
