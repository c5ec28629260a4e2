import { describe, expect, it } from 'vitest';
import { type Attempt, addAttempt, type PendingQuestion } from '../../../src/dns/resolver/attempt.js';
import { createOverdue } from '../../../src/dns/resolver/overdue.js';
import type { Upstream } from '../../../src/dns/resolver/upstream.js';
import { fakeUpstream, pendingQuestion, sentTo } from './upstreams.js';

/** Creates an upstream with one measured round trip, after which a first query may take three times as long. */
function upstreamAt(address: string, roundTrip: number, changes?: Partial<Upstream<Attempt>>) {
  const upstream = fakeUpstream(address, changes);
  upstream.roundTripTime.record(roundTrip);
  return upstream;
}

/** Returns the milliseconds after which a question sent at 0 ms is overdue; undefined if it never is. */
function overdueAfter(
  pending: PendingQuestion,
  {
    upstreams = pending.attempts.map(({ upstream }) => upstream),
    timeout = 3000,
    tries = 7,
    isQueueEmpty = false,
  }: {
    readonly upstreams?: readonly Upstream[];
    readonly timeout?: number;
    readonly tries?: number;
    readonly isQueueEmpty?: boolean;
  } = {},
): number | undefined {
  const isOverdue = createOverdue(upstreams, { timeout, tries });
  for (let now = 0; now <= 10_000; now++) if (isOverdue(pending, now, isQueueEmpty)) return now;
  return undefined;
}

/** Sends a question to an upstream over a transport that loses nothing. */
function sentReliablyTo(upstream: Upstream<Attempt>): PendingQuestion {
  const pending = sentTo(upstream);
  for (const attempt of pending.attempts) attempt.reliable = true;
  return pending;
}

describe('a question is overdue', () => {
  it('when the first attempt takes longer than round trips to its upstream suggest', () => {
    expect(overdueAfter(sentTo(fakeUpstream()))).toBe(400);
    expect(overdueAfter(sentTo(upstreamAt('192.0.2.1', 50)))).toBe(150);
  });

  it('1.3 times as late with each further attempt', () => {
    const upstream = upstreamAt('192.0.2.1', 50);
    expect(overdueAfter(sentTo(upstream, upstream))).toBe(195);
    expect(overdueAfter(sentTo(upstream, upstream, upstream))).toBe(254);
  });

  it('twice as late with each attempt after the third', () => {
    const upstream = upstreamAt('192.0.2.1', 10);
    const waits = [3, 4, 5].map(
      (count) => overdueAfter(sentTo(...Array.from({ length: count }, () => upstream))) ?? 0,
    );
    expect(waits.map((wait) => Math.round((wait / (waits[0] ?? 1)) * 10) / 10)).toEqual([1, 2, 4]);
  });

  it('after one second at the latest', () => {
    expect(overdueAfter(sentTo(upstreamAt('192.0.2.1', 900)))).toBe(1000);
  });

  it('after the time-out of an attempt at the latest', () => {
    expect(overdueAfter(sentTo(fakeUpstream()), { timeout: 80 })).toBe(80);
  });

  it('only after the time-out of an attempt if its transport loses nothing', () => {
    expect(overdueAfter(sentReliablyTo(fakeUpstream()))).toBe(3000);
  });

  it('never if it has not been sent, or waits to be sent again', () => {
    expect(overdueAfter(pendingQuestion(), { upstreams: [fakeUpstream()] })).toBeUndefined();
    expect(overdueAfter(Object.assign(sentTo(fakeUpstream()), { isQueued: true }))).toBeUndefined();
  });

  it('never if the transport keeps the time itself', () => {
    const { transport } = fakeUpstream();
    const upstream = fakeUpstream('192.0.2.1', { transport: { ...transport, enforcesTimeout: true } });
    expect(overdueAfter(sentTo(upstream))).toBeUndefined();
  });
});

describe('a question at the end of a run', () => {
  /** A slow upstream, and a fast one that would answer within 60 ms. */
  const slowAndFast = (changes?: Partial<Upstream<Attempt>>) =>
    [upstreamAt('192.0.2.1', 200), upstreamAt('192.0.2.2', 20, changes)] as const;

  it('is overdue when an idle upstream would have answered twice', () => {
    const upstreams = slowAndFast();
    expect(overdueAfter(sentTo(upstreams[0]), { upstreams, isQueueEmpty: true })).toBe(121);
    expect(overdueAfter(sentReliablyTo(upstreams[0]), { upstreams, isQueueEmpty: true })).toBe(121);
  });

  it('is not overdue early while other questions wait to be sent', () => {
    const upstreams = slowAndFast();
    expect(overdueAfter(sentTo(upstreams[0]), { upstreams })).toBe(600);
    expect(overdueAfter(sentTo(upstreams[0], upstreams[0]), { upstreams })).toBe(780);
  });

  it('is not overdue early if it may go to its server only', () => {
    const upstreams = slowAndFast();
    const pending = pendingQuestion('x.dev', { only: upstreams[0].server.url });
    addAttempt(pending, upstreams[0], 0);
    expect(overdueAfter(pending, { upstreams, isQueueEmpty: true })).toBe(600);
  });

  it('is not overdue early if it has no attempt left', () => {
    const upstreams = slowAndFast();
    expect(overdueAfter(sentTo(upstreams[0]), { upstreams, tries: 1, isQueueEmpty: true })).toBe(600);
  });

  it('is not overdue early if there is one upstream only', () => {
    const pending = sentReliablyTo(upstreamAt('192.0.2.1', 20));
    expect(overdueAfter(pending, { isQueueEmpty: true })).toBe(3000);
  });

  it.each([
    ['has work', { inFlight: 1 }],
    ['has just failed', { consecutiveFailures: 1 }],
  ])('is not overdue early if the other upstream %s', (_, changes) => {
    const upstreams = slowAndFast(changes);
    const pending = sentTo(upstreams[0]);
    upstreams[0].inFlight = 1;
    expect(overdueAfter(pending, { upstreams, isQueueEmpty: true })).toBe(600);
  });

  it('is not overdue early if the other upstream may be sent nothing now', () => {
    const [slow, fast] = slowAndFast();
    slow.inFlight = 1;
    const congestionControl = { ...fast.congestionControl, allowance: () => 0 };
    const upstreams = [slow, { ...fast, congestionControl }];
    expect(overdueAfter(sentTo(slow), { upstreams, isQueueEmpty: true })).toBe(600);
  });
});
