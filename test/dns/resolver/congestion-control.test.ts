import { describe, expect, it } from 'vitest';
import {
  type CongestionControl,
  createCongestionControl,
} from '../../../src/dns/resolver/congestion-control.js';
import { createRoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';

/** A simulated round trip, in milliseconds. */
const roundTrip = 50;
/** Milliseconds after which a query counts as lost. */
const timeout = 80;
/** The step of the simulation, in milliseconds. */
const step = 5;

/** Tells whether a query sent at that time is answered. */
type Line = (now: number) => boolean;

/** The times at which queries were sent, were answered and counted as lost. */
interface Traffic {
  readonly sent: number[];
  readonly answered: number[];
  readonly lost: number[];
}

/**
 * Asks questions as congestion control allows, until each is answered or the time is up.
 *
 * @param end milliseconds after which the simulation ends.
 */
function simulate(control: CongestionControl, line: Line, questions: number, end = 60_000): Traffic {
  const traffic: Traffic = { sent: [], answered: [], lost: [] };
  const replies: number[] = [];
  const timeouts: number[] = [];
  let waiting = questions;
  for (let now = 1; now < end && traffic.answered.length < questions; now += step) {
    for (; replies[0] !== undefined && replies[0] <= now; replies.shift()) {
      control.recordReply(now);
      traffic.answered.push(now);
    }
    for (; timeouts[0] !== undefined && timeouts[0] <= now; timeouts.shift()) {
      control.recordLoss(now);
      traffic.lost.push(now);
      waiting++;
    }
    while (
      waiting > 0 &&
      replies.length + timeouts.length < control.window() &&
      control.allowance(now) >= 1
    ) {
      control.recordQuery(now);
      traffic.sent.push(now);
      waiting--;
      if (line(now)) replies.push(now + roundTrip);
      else timeouts.push(now + timeout);
    }
  }
  return traffic;
}

/** Creates a line that loses each query with that probability, by a random number generator with a seed (Lehmer's). */
function losing(share: number, seed = 1): Line {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 >= share;
  };
}

/** Creates a server that answers `rate` queries a second, with bursts of up to `burst`, and drops the rest. */
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

const createControl = (isCongested = false, shortest = 500) =>
  createCongestionControl({
    timeout: () => timeout,
    shortest: () => shortest,
    isCongested: () => isCongested,
  });
/** Starts rounds of 100 ms, and returns a function that records `count` rounds with these replies and losses in each. */
function startRounds(control: CongestionControl) {
  let now = 1000;
  control.recordReply(now);
  return {
    now: () => now,
    record(count: number, replies: number, losses: number) {
      for (let round = 0; round < count; round++) {
        for (let loss = 0; loss < losses; loss++) control.recordLoss(now + 50);
        for (let reply = 1; reply < replies; reply++) control.recordReply(now + 50);
        now += 100;
        control.recordReply(now);
      }
    },
  };
}

/** More questions than will be answered. */
const endless = Number.POSITIVE_INFINITY;

describe('the window of congestion control', () => {
  it('is of 64 queries at first, all of which may be sent at once', () => {
    const control = createControl();
    expect([control.window(), control.allowance(0)]).toEqual([64, Number.POSITIVE_INFINITY]);
  });

  it('grows by two with each reply, so that it triples in each round trip', () => {
    const control = createControl();
    for (let replies = 1; replies <= 100; replies++) {
      control.recordReply(replies);
      expect(control.window()).toBe(64 + 2 * replies);
    }
  });

  it('grows up to 8192', () => {
    const control = createControl();
    for (let replies = 0; replies < 10_000; replies++) control.recordReply(0);
    expect(control.window()).toBe(8192);
  });

  it.each([
    ['queries queue up', true, 500, 1024],
    ['the server is near', false, 1, 1024],
    ['the server is a little farther away', false, 40, 4000],
  ])('stays smaller if %s', (_, isCongested, shortest, most) => {
    const control = createControl(isCongested, shortest);
    for (let replies = 0; replies < 10_000; replies++) control.recordReply(0);
    expect(control.window()).toBe(most);
  });

  it('does not grow with losses', () => {
    const control = createControl();
    for (let losses = 0; losses < 10; losses++) control.recordLoss(losses);
    expect(control.window()).toBeLessThanOrEqual(64);
  });
});

describe('the rate on a line that loses a little', () => {
  it('stays unlimited if one query in 25 is lost', () => {
    const control = createControl();
    let lowest = Number.POSITIVE_INFINITY;
    for (let query = 1; query <= 50_000; query++) {
      if (query % 25 === 0) control.recordLoss(query);
      else control.recordReply(query);
      lowest = Math.min(lowest, control.allowance(query));
    }
    expect(lowest).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([1, 2, 3])('stays unlimited if each query is lost with a probability of 0.04: seed %i', (seed) => {
    const control = createControl();
    simulate(control, losing(0.04, seed * 7919), endless, 3000);
    expect(control.allowance(3000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is not limited because of late replies', () => {
    const control = createControl();
    let lowest = Number.POSITIVE_INFINITY;
    for (let query = 1; query <= 2000; query++) {
      control.recordReply(query);
      if (query % 5 !== 0) continue;
      control.recordLoss(query);
      control.recordLateReply();
      lowest = Math.min(lowest, control.allowance(query));
    }
    expect(lowest).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ['three of ten', 7, 3],
    ['eight of a hundred', 92, 8],
  ])('stays unlimited after a round in which %s queries are lost by chance', (_, replies, losses) => {
    const control = createControl();
    const { record, now } = startRounds(control);
    record(1, replies, losses);
    expect(control.allowance(now())).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the rate for a server that is busy for a moment', () => {
  /** Lets half of the queries of a round of 100 ms be lost, and returns their number. */
  const loseHalf = (control: CongestionControl): number => {
    for (let now = 1; now <= 200; now++) {
      control.recordReply(now);
      control.recordLoss(now);
    }
    expect(control.allowance(200)).toBeLessThan(Number.POSITIVE_INFINITY);
    return 100;
  };

  it('is as before once replies to most of the lost queries have come', () => {
    const control = createControl();
    const losses = loseHalf(control);
    for (let late = 0; late < losses; late++) control.recordLateReply();
    expect(control.allowance(200)).toBe(Number.POSITIVE_INFINITY);
  });

  it('stays limited if replies to a third of the lost queries have come', () => {
    const control = createControl();
    const losses = loseHalf(control);
    for (let late = 0; late < losses / 3; late++) control.recordLateReply();
    expect(control.allowance(200)).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

describe('the rate for a server that drops queries beyond its limit', () => {
  it('is about the rate at which the server answers', () => {
    const { sent, answered } = simulate(createControl(), policer(2000, 50), 20_000);
    expect(answered).toHaveLength(20_000);
    expect(sent.length).toBeLessThanOrEqual(1.1 * 20_000);
    expect(answered.at(-1)).toBeLessThanOrEqual(10_600);
  });

  it('loses few queries once the limit is known', () => {
    const traffic = simulate(createControl(), policer(2000, 50), endless, 12_000);
    for (let second = 2; second < 12; second++) {
      const [from, to] = [second * 1000, second * 1000 + 1000];
      expect(count(traffic.answered, from, to)).toBeGreaterThan(1900);
      expect(count(traffic.lost, from, to)).toBeLessThan(200);
    }
  });

  it('grows when the limit is raised', () => {
    const [slow, fast] = [policer(500, 20), policer(4000, 80)];
    const line: Line = (now) => (now < 3000 ? slow(now) : fast(now));
    const { answered } = simulate(createControl(), line, endless, 20_000);
    expect(count(answered, 2000, 3000)).toBeLessThan(600);
    expect(count(answered, 19_000, 20_000)).toBeGreaterThan(3600);
  });
});

describe('a limited rate', () => {
  /** Limits the rate to 800 queries a second. */
  function limitRate() {
    const control = createControl();
    const { record, now } = startRounds(control);
    record(1, 80, 20);
    expect(control.allowance(now() + 1000)).toBe(40);
    return { control, record, now };
  }

  it('grows while it is used up', () => {
    const { control, record, now } = limitRate();
    record(10, 80, 0);
    expect(control.allowance(now() + 1000)).toBeGreaterThan(40);
  });

  it('does not grow while it is not used up', () => {
    const { control, record, now } = limitRate();
    record(10, 20, 0);
    expect(control.allowance(now() + 1000)).toBe(40);
  });

  it('is reduced again if the line became good after it had lost much at any rate', () => {
    const { control, record, now } = limitRate();
    record(2, 80, 20);
    record(200, 100, 0);
    expect(control.allowance(now() + 1000)).toBeGreaterThan(40);
    record(1, 80, 20);
    expect(control.allowance(now() + 1000)).toBe(40);
  });
});

describe('the rate on a line that loses much at any rate', () => {
  it('is not limited for ever if one query in five is lost, in nearly all runs', () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => (seed + 1) * 7919);
    const runs = seeds.map((seed) => simulate(createControl(), losing(0.2, seed), endless, 8000));
    // A query is in flight for a round trip or until it counts as lost.
    const possible = (0.8 * 1024 * 1000) / (0.8 * roundTrip + 0.2 * timeout);
    const fast = runs.filter(({ answered }) => count(answered, 5000, 8000) > 3 * (possible / 2));
    expect(fast.length).toBeGreaterThanOrEqual(18);
  });

  it('is high again after the line was dead for half a second', () => {
    const { answered } = simulate(createControl(), (now) => now < 1000 || now >= 1500, endless, 5000);
    expect(count(answered, 1100, 1500)).toBe(0);
    expect(count(answered, 4000, 5000)).toBeGreaterThan(10_000);
  });
});

describe('the rate after an idle time', () => {
  it('has no limit, whatever was seen before', () => {
    const control = createCongestionControl(createRoundTripTime());
    // One reply and nine losses in each round of 100 ms make a limit.
    for (let now = 1; now < 1000; now += 10) {
      control.recordQuery(now);
      if (now % 100 === 1) control.recordReply(now);
      else control.recordLoss(now);
    }
    expect(control.allowance(1000)).toBeLessThan(5);
    control.recordQuery(61_000);
    expect(control.allowance(61_000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not follow from the idle time', () => {
    const control = createCongestionControl(createRoundTripTime());
    for (let now = 1; now < 400; now += 10) {
      control.recordQuery(now);
      control.recordReply(now);
    }
    for (let now = 60_000; now < 60_400; now += 10) {
      control.recordQuery(now);
      if (now % 50 === 0) control.recordLoss(now);
      else control.recordReply(now);
    }
    // At the worst, the rate of the last round: 80 replies a second. An idle minute in the round would make it less than 1.
    expect(control.allowance(61_500)).toBeGreaterThanOrEqual(1);
  });
});
