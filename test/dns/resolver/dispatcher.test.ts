import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Attempt, addAttempt } from '../../../src/dns/resolver/attempt.js';
import { createDispatcher } from '../../../src/dns/resolver/dispatcher.js';
import { recordQuery, type Upstream } from '../../../src/dns/resolver/upstream.js';
import { endOfTurn, fakeUpstream, fill, pendingQuestion, stopTime } from './upstreams.js';

beforeEach(stopTime);

/** Creates a dispatcher that keeps the names it sends, in order. */
function recordingDispatcher(upstreams: readonly Upstream<Attempt>[], rate = Number.POSITIVE_INFINITY) {
  const sent: string[] = [];
  const dispatcher = createDispatcher(upstreams, rate, (pending, upstream, now) => {
    sent.push(pending.question.name);
    addAttempt(pending, upstream, now);
    recordQuery(upstream);
  });
  return { dispatcher, sent };
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
    dispatcher.dispatch();
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
    dispatcher.dispatch();
    expect(sent).toEqual(['a.dev']);
    vi.advanceTimersByTime(100);
    dispatcher.dispatch();
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
