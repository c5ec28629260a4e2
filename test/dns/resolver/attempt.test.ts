import { describe, expect, it, vi } from 'vitest';
import {
  addAttempt,
  countAsLost,
  pauseAfterFailures,
  takeOutcome,
} from '../../../src/dns/resolver/attempt.js';
import type { Outcome } from '../../../src/dns/transport/transport.js';
import { fakeUpstream, pendingQuestion } from './upstreams.js';

/** Sends one query to a fake upstream at 1000 ms. */
function sendOne() {
  const upstream = fakeUpstream();
  const { recordReply, recordLoss, recordLateReply } = upstream.congestionControl;
  const congestionControl = {
    ...upstream.congestionControl,
    recordReply: vi.fn(recordReply),
    recordLoss: vi.fn(recordLoss),
    recordLateReply: vi.fn(recordLateReply),
  };
  const spied = { ...upstream, congestionControl, inFlight: 1, consecutiveFailures: 3 };
  return { upstream: spied, congestionControl, attempt: addAttempt(pendingQuestion(), spied, 1000) };
}

const reply: Outcome = {
  reply: { rcode: 'NXDOMAIN', truncated: false, addresses: [] },
  server: 'udp://192.0.2.1:53',
};

describe('addAttempt', () => {
  it('adds each attempt after the earlier ones', () => {
    const pending = pendingQuestion('x.dev');
    const [first, second] = [fakeUpstream('192.0.2.1'), fakeUpstream('192.0.2.2')];
    const attempts = [
      addAttempt(pending, first, 1000),
      addAttempt(pending, second, 2000),
      addAttempt(pending, first, 3000),
    ];
    expect(pending.attempts).toEqual(attempts);
    expect(attempts.map(({ upstream, sentAt }) => [upstream, sentAt])).toEqual([
      [first, 1000],
      [second, 2000],
      [first, 3000],
    ]);
    expect(attempts[0]).toMatchObject({ question: { name: 'x.dev', type: 'A' }, isLost: false });
  });

  it('leaves other questions without attempts', () => {
    const [asked, other] = [pendingQuestion(), pendingQuestion()];
    addAttempt(asked, fakeUpstream(), 0);
    expect(other.attempts).toEqual([]);
  });
});

describe('takeOutcome', () => {
  it('records the round trip of a reply, and ends the consecutive failures', () => {
    const { upstream, congestionControl, attempt } = sendOne();
    takeOutcome(attempt, reply, 1050);
    expect(upstream).toMatchObject({ inFlight: 0, consecutiveFailures: 0 });
    expect(upstream.roundTripTime.shortest()).toBe(50);
    expect(congestionControl.recordReply).toHaveBeenCalledExactlyOnceWith(1050);
    expect(congestionControl.recordLateReply).not.toHaveBeenCalled();
  });

  it('counts a failure, and takes it neither for a reply nor for a loss', () => {
    const { upstream, congestionControl, attempt } = sendOne();
    takeOutcome(attempt, { failure: 'no way', server: upstream.server.url }, 1050);
    expect(upstream).toMatchObject({ inFlight: 0, consecutiveFailures: 4 });
    expect(upstream.roundTripTime.isKnown()).toBe(false);
    expect(congestionControl.recordReply).not.toHaveBeenCalled();
    expect(congestionControl.recordLoss).not.toHaveBeenCalled();
  });

  it('takes a reply that cannot be used for a sign of life', () => {
    const { upstream, congestionControl, attempt } = sendOne();
    takeOutcome(attempt, { failure: 'unreadable', server: upstream.server.url, hasReplied: true }, 1050);
    expect(upstream).toMatchObject({ inFlight: 0, consecutiveFailures: 0 });
    expect(congestionControl.recordReply).toHaveBeenCalledOnce();
  });

  it('takes back the loss of an attempt whose reply comes late', () => {
    const { upstream, congestionControl, attempt } = sendOne();
    countAsLost(attempt, 1400);
    takeOutcome(attempt, reply, 1500);
    expect(upstream).toMatchObject({ inFlight: 0, consecutiveFailures: 0 });
    expect(upstream.roundTripTime.shortest()).toBe(500);
    expect(congestionControl.recordLateReply).toHaveBeenCalledOnce();
  });
});

describe('countAsLost', () => {
  it('counts an attempt once', () => {
    const { upstream, congestionControl, attempt } = sendOne();
    countAsLost(attempt, 1400);
    countAsLost(attempt, 1800);
    expect(attempt.isLost).toBe(true);
    expect(upstream).toMatchObject({ inFlight: 0, consecutiveFailures: 4 });
    expect(congestionControl.recordLoss).toHaveBeenCalledExactlyOnceWith(1400);
  });
});

describe('pauseAfterFailures', () => {
  const failure: Outcome = { failure: 'no way', server: 'udp://192.0.2.1:53' };

  /** Attempts at upstreams that failed, one after the other. */
  function failedAt(...upstreams: readonly ReturnType<typeof fakeUpstream>[]) {
    const pending = pendingQuestion();
    for (const upstream of upstreams) addAttempt(pending, upstream, 0).outcome = failure;
    return pending.attempts;
  }

  it('doubles with each attempt after all upstreams have failed', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const [first, second] = [fakeUpstream(), fakeUpstream()];
    expect(pauseAfterFailures(failedAt(first))).toBe(50);
    expect(pauseAfterFailures(failedAt(first, first, first))).toBe(200);
    expect(pauseAfterFailures(failedAt(first, second))).toBe(50);
    expect(pauseAfterFailures(failedAt(first, second, first, second))).toBe(200);
    vi.restoreAllMocks();
  });

  it('is as long as the server wants, up to ten seconds', () => {
    for (const [wanted, pause] of [
      [3000, 3000],
      [3_600_000, 10_000],
    ] as const) {
      const attempts = failedAt(fakeUpstream());
      for (const attempt of attempts) attempt.outcome = { ...failure, retryAfter: wanted };
      expect(pauseAfterFailures(attempts)).toBe(pause);
    }
  });
});
