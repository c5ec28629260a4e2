import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/dns/resolver/question.js';
import { createRoundTripTime, recordRoundTrip } from '../../../src/dns/resolver/round-trip-time.js';
import { isCatchingUp, waitFor } from '../../../src/dns/resolver/time-out.js';
import { createUpstream } from '../../../src/dns/resolver/upstream.js';
import { openFakeRun, pendingQuestion, serverAt } from './fakes.js';

/** Creates what is known after one round trip; replies are expected within three times as long. */
function timeAfter(sample: number | undefined) {
  const time = createRoundTripTime();
  if (sample !== undefined) recordRoundTrip(time, sample);
  return time;
}

interface Situation {
  readonly number?: number;
  readonly kind?: Attempt['kind'];
  /** Milliseconds of the round trips to the upstream, and to all upstreams, if there are many. */
  readonly own?: number;
  readonly all?: number;
  readonly timeout?: number;
}

function wait({ number = 1, kind = 'datagram', own, all, timeout = 3000 }: Situation): number {
  const upstream = { ...createUpstream<Attempt>(serverAt(1)), roundTripTime: timeAfter(own) };
  return waitFor({ upstream, number, kind }, all === undefined ? undefined : timeAfter(all), timeout);
}

describe('the reply to a first attempt is waited for', () => {
  it.each([
    ['datagram', 400],
    ['stream', 1000],
  ] as const)('for a %s before the first round trip for %i ms', (kind, expected) => {
    expect(wait({ kind })).toBe(expected);
  });

  it('as long as nearly every round trip to its upstream takes', () => {
    expect(wait({ own: 100 })).toBe(300);
  });

  it.each([
    ['datagram', 40],
    ['stream', 100],
  ] as const)('for a %s for %i ms at least', (kind, expected) => {
    expect(wait({ kind, own: 1 })).toBe(expected);
  });

  it('for a second at most', () => {
    expect(wait({ own: 333 })).toBe(999);
    expect(wait({ own: 334 })).toBe(1000);
  });

  it('no longer than one attempt may take', () => {
    expect(wait({ timeout: 399 })).toBe(399);
  });

  it('for ever if it is a call, which keeps to its time limit by itself', () => {
    expect(wait({ kind: 'call', own: 100 })).toBe(Number.POSITIVE_INFINITY);
  });

  it('at one of many upstreams, which has not replied, twice as long as at the others', () => {
    expect(wait({ all: 50 })).toBe(300);
  });

  it('at one of many upstreams for 400 ms if none has replied', () => {
    const upstream = createUpstream<Attempt>(serverAt(1));
    expect(waitFor({ upstream, number: 1, kind: 'datagram' }, createRoundTripTime(), 3000)).toBe(400);
  });

  it('at one of many upstreams, which has replied, as long as at the others or at that one, if that is longer', () => {
    expect(wait({ own: 50, all: 100 })).toBe(300);
    expect(wait({ own: 100, all: 50 })).toBe(300);
  });
});

describe('the reply to a later attempt is waited for', () => {
  it('1.3 times as long with each of the first three, and twice as long with each further one', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((number) => wait({ own: 20, number }));
    for (const [index, expected] of [60, 78, 101.4, 202.8, 405.6, 811.2, 1000].entries())
      expect(waits[index]).toBeCloseTo(expected, 9);
  });
});

describe('an upstream is catching up with an attempt', () => {
  function isCatchingUpWith(answeredSentAt: number, sinceReply: number): boolean {
    const run = openFakeRun();
    const upstream = run.upstream(1);
    const attempt = run.run.send(pendingQuestion(), upstream, 1000);
    upstream.answeredSentAt = answeredSentAt;
    upstream.health.repliedAt = 500;
    return isCatchingUp(attempt, 500 + sinceReply);
  }

  it('if it answers queries that were sent at most 10 ms after it', () => {
    expect([isCatchingUpWith(1010, 0), isCatchingUpWith(1011, 0)]).toEqual([true, false]);
  });

  it('if its last reply came less than 20 ms ago', () => {
    expect([isCatchingUpWith(900, 19), isCatchingUpWith(900, 20)]).toEqual([true, false]);
  });
});
