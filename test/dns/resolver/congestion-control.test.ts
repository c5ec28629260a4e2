import { describe, expect, test } from 'vitest';
import {
  type CongestionControl,
  createCongestionControl,
} from '../../../src/dns/resolver/congestion-control.js';

/** Milliseconds, all of them made up: a round trip, when a query is taken for lost, and between two looks at it all. */
const roundTrip = 50;
const timeout = 80;
const step = 5;

/** Whether the server answers a query that is sent at that time. */
type Line = (now: number) => boolean;

/** What became of the queries: the times at which they were sent, answered and taken for lost. */
interface Traffic {
  readonly sent: number[];
  readonly answered: number[];
  readonly lost: number[];
}

/** Has questions asked by the pace until each is answered or the time is up. */
function simulate(pace: CongestionControl, line: Line, questions: number, end = 60_000): Traffic {
  const traffic: Traffic = { sent: [], answered: [], lost: [] };
  const replies: number[] = [];
  const silences: number[] = [];
  let open = questions;
  for (let now = 1; now < end && traffic.answered.length < questions; now += step) {
    for (; replies[0] !== undefined && replies[0] <= now; replies.shift()) {
      pace.recordReply(now);
      traffic.answered.push(now);
    }
    for (; silences[0] !== undefined && silences[0] <= now; silences.shift()) {
      pace.recordLoss(now);
      traffic.lost.push(now);
      open++;
    }
    while (open > 0 && replies.length + silences.length < pace.window() && pace.allowance(now) >= 1) {
      pace.recordQuery();
      traffic.sent.push(now);
      open--;
      if (line(now)) replies.push(now + roundTrip);
      else silences.push(now + timeout);
    }
  }
  return traffic;
}

/** Loses each query with that probability, drawn from a generator with a seed (Lehmer's). */
function losing(share: number, seed = 1): Line {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 >= share;
  };
}

/** Answers so many queries a second, some of them in a burst, and drops the rest. */
function policer(rate: number, burst: number): Line {
  let tokens = burst;
  let last = 0;
  return (now) => {
    tokens = Math.min(tokens + ((now - last) * rate) / 1000, burst);
    last = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}

const count = (times: readonly number[], from: number, to: number) =>
  times.filter((time) => time >= from && time < to).length;

const openHere = (isCongested = false, shortest = 500) =>
  createCongestionControl({
    timeout: () => timeout,
    shortest: () => shortest,
    isCongested: () => isCongested,
  });
/** More than the server will answer. */
const endless = Number.POSITIVE_INFINITY;

describe('the window', () => {
  test('is of 32 queries at first, and lets all of them go at once', () => {
    const pace = openHere();
    expect([pace.window(), pace.allowance(0)]).toEqual([32, Number.POSITIVE_INFINITY]);
  });

  test('grows by one with each answer, so that it doubles in each round trip', () => {
    const pace = openHere();
    for (let answers = 1; answers <= 100; answers++) {
      pace.recordReply(answers);
      expect(pace.window()).toBe(32 + answers);
    }
  });

  test('has an end', () => {
    const pace = openHere();
    for (let answers = 0; answers < 10_000; answers++) pace.recordReply(0);
    expect(pace.window()).toBe(8192);
  });

  test.each([
    ['queries wait for each other', true, 500, 1024],
    ['the server is near', false, 1, 1024],
    ['the server is not that far', false, 40, 2000],
  ])('ends sooner where %s', (_, isCongested, shortest, most) => {
    const pace = openHere(isCongested, shortest);
    for (let answers = 0; answers < 10_000; answers++) pace.recordReply(0);
    expect(pace.window()).toBe(most);
  });

  test('does not grow with losses', () => {
    const pace = openHere();
    for (let losses = 0; losses < 10; losses++) pace.recordLoss(losses);
    expect(pace.window()).toBeLessThanOrEqual(32);
  });
});

describe('a line that loses a little', () => {
  test('is not slowed down: one query in 25', () => {
    const pace = openHere();
    for (let query = 1; query <= 50_000; query++) {
      if (query % 25 === 0) pace.recordLoss(query);
      else pace.recordReply(query);
      expect(pace.allowance(query)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  test.each([1, 2, 3])('is not slowed down: each query by a chance of 4 %%, draw %i', (seed) => {
    const pace = openHere();
    simulate(pace, losing(0.04, seed * 7919), endless, 5000);
    expect(pace.allowance(5000)).toBe(Number.POSITIVE_INFINITY);
  });

  test('is not slowed down by what was answered late', () => {
    const pace = openHere();
    for (let query = 1; query <= 2000; query++) {
      pace.recordReply(query);
      if (query % 5 !== 0) continue;
      pace.recordLoss(query);
      pace.recordLateReply();
    }
    expect(pace.allowance(2000)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a server that is busy for a moment', () => {
  /** Loses half of the queries of a round of 100 ms, and gives the number of those. */
  const slowDown = (pace: CongestionControl): number => {
    for (let now = 1; now <= 200; now++) {
      pace.recordReply(now);
      pace.recordLoss(now);
    }
    expect(pace.allowance(200)).toBeLessThan(Number.POSITIVE_INFINITY);
    return 100;
  };

  test('is asked as before when most of what seemed lost has come', () => {
    const pace = openHere();
    const losses = slowDown(pace);
    for (let late = 0; late < losses; late++) pace.recordLateReply();
    expect(pace.allowance(200)).toBe(Number.POSITIVE_INFINITY);
  });

  test('is asked less where only a part of it comes', () => {
    const pace = openHere();
    const losses = slowDown(pace);
    for (let late = 0; late < losses / 3; late++) pace.recordLateReply();
    expect(pace.allowance(200)).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

describe('a server that drops what is too much', () => {
  test('is asked at about the rate at which it answers', () => {
    const { sent, answered } = simulate(openHere(), policer(2000, 50), 20_000);
    expect(answered).toHaveLength(20_000);
    expect(sent.length).toBeLessThanOrEqual(1.1 * 20_000);
    expect(answered.at(-1)).toBeLessThanOrEqual(10_600);
  });

  test('loses little once its limit is known', () => {
    const traffic = simulate(openHere(), policer(2000, 50), endless, 12_000);
    for (let second = 2; second < 12; second++) {
      const [from, to] = [second * 1000, second * 1000 + 1000];
      expect(count(traffic.answered, from, to)).toBeGreaterThan(1900);
      expect(count(traffic.lost, from, to)).toBeLessThan(200);
    }
  });

  test('is asked faster again when it bears more', () => {
    const [slow, fast] = [policer(500, 20), policer(4000, 80)];
    const line: Line = (now) => (now < 3000 ? slow(now) : fast(now));
    const { answered } = simulate(openHere(), line, endless, 20_000);
    expect(count(answered, 2000, 3000)).toBeLessThan(600);
    expect(count(answered, 19_000, 20_000)).toBeGreaterThan(3600);
  });
});

describe('a line that loses much, whatever is asked', () => {
  test.each([1, 2, 3, 4, 5])('is not slowed down for ever: one query in five, draw %i', (seed) => {
    const { answered } = simulate(openHere(), losing(0.2, seed * 7919), endless, 15_000);
    // A query holds its place for a round trip or until it is taken for lost.
    const bearable = (0.8 * 1024 * 1000) / (0.8 * roundTrip + 0.2 * timeout);
    expect(count(answered, 10_000, 15_000)).toBeGreaterThan(5 * (bearable / 2));
  });

  test('is asked again after it was dead for half a second', () => {
    const { answered } = simulate(openHere(), (now) => now < 1000 || now >= 1500, endless, 10_000);
    expect(count(answered, 1100, 1500)).toBe(0);
    expect(count(answered, 9000, 10_000)).toBeGreaterThan(10_000);
  });
});
