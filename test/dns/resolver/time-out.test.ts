import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/dns/resolver/question.js';
import { createRoundTripTime, recordRoundTrip } from '../../../src/dns/resolver/round-trip-time.js';
import { isCatchingUp, pauseAfterLoss, waitFor } from '../../../src/dns/resolver/time-out.js';
import { createUpstream } from '../../../src/dns/resolver/upstream.js';
import { openFakeRun, pendingQuestion, serverAt } from './fakes.js';

/** Creates what is known after one round trip; replies are expected within three times as long. */
function timeAfter(sample: number | undefined) {
  const time = createRoundTripTime();
  if (sample !== undefined) recordRoundTrip(time, sample);
  return time;
}

interface Situation {
  readonly kind?: Attempt['kind'];
  readonly needsStream?: boolean;
  /** Milliseconds of the round trips to the upstream, of streams after truncated replies, and to all upstreams, if there are many. */
  readonly own?: number;
  readonly streams?: number;
  readonly all?: number;
  readonly timeout?: number;
}

function wait({
  kind = 'datagram',
  needsStream = false,
  own,
  streams,
  all,
  timeout = 3000,
}: Situation): number {
  const upstream = {
    ...createUpstream<Attempt>(serverAt(1)),
    roundTripTime: timeAfter(own),
    streamTime: timeAfter(streams),
  };
  return waitFor({ upstream, kind, needsStream }, all === undefined ? undefined : timeAfter(all), timeout);
}

describe('the reply to an attempt is waited for', () => {
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
    const attempt = { upstream, kind: 'datagram', needsStream: false } as const;
    expect(waitFor(attempt, createRoundTripTime(), 3000)).toBe(400);
  });

  it('at one of many upstreams, which has replied, as long as at the others or at that one, if that is longer', () => {
    expect(wait({ own: 50, all: 100 })).toBe(300);
    expect(wait({ own: 100, all: 50 })).toBe(300);
  });
});

describe('the reply over a stream to a question whose reply was truncated is waited for', () => {
  it('for a second before the first one, however long datagrams take, there and elsewhere', () => {
    expect(wait({ kind: 'stream', needsStream: true, own: 100, all: 100 })).toBe(1000);
  });

  it('as long as nearly every one takes', () => {
    expect(wait({ kind: 'stream', needsStream: true, own: 10, streams: 100 })).toBe(300);
  });
});

describe('the pause after a lost attempt', () => {
  it('makes the time until the next one 1.3 times as long twice, and then twice as long each time, up to a second', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((number) => pauseAfterLoss(number, 60));
    for (const [index, expected] of [0, 18, 41.4, 142.8, 345.6, 751.2, 940].entries())
      expect(pauses[index]).toBeCloseTo(expected, 9);
  });

  it('is none if its reply was waited for that long', () => {
    expect(pauseAfterLoss(7, 1000)).toBe(0);
    expect(pauseAfterLoss(7, 3000)).toBe(0);
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
