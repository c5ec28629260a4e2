import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHealth, type Health, pauseAfter } from '../../../src/dns/resolver/health.js';

// Without jitter, the pauses are 50 ms, 100 ms and so on.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => vi.restoreAllMocks());

/** Fails queries that were sent just before. */
function fail(health: Health, now: number, count = 1): void {
  for (let failure = 0; failure < count; failure++) health.recordFailure(now, now);
}

describe('pauseAfter', () => {
  it('doubles up to a second', () => {
    expect([0, 1, 2, 3, 4, 5, 60].map(pauseAfter)).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
  });

  it.each([
    [0, 25],
    [0.999, 74.95],
  ])('has jitter: %d of it', (random, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(random);
    expect(pauseAfter(0)).toBeCloseTo(expected);
  });
});

describe('mayAsk', () => {
  it('is true until three queries in a row have failed, and again after a pause', () => {
    const health = createHealth(3000);
    fail(health, 0, 2);
    expect(health.mayAsk(0)).toBe(true);
    fail(health, 0);
    expect([health.mayAsk(49), health.mayAsk(50)]).toEqual([false, true]);
  });

  it('is false after a trial query, until it has failed or a second has passed', () => {
    const health = createHealth(3000);
    fail(health, 0, 3);
    health.recordQuery(50);
    expect([health.mayAsk(51), health.mayAsk(1049), health.mayAsk(1050)]).toEqual([false, false, true]);
    health.recordFailure(50, 60);
    expect([health.mayAsk(159), health.mayAsk(160)]).toEqual([false, true]);
  });

  it('is true again after a reply', () => {
    const health = createHealth(3000);
    fail(health, 0, 3);
    health.recordReply(false, 10);
    expect(health.mayAsk(10)).toBe(true);
  });

  it('is not changed by queries that were in flight when the pause began', () => {
    const health = createHealth(3000);
    fail(health, 100, 3);
    for (let failure = 0; failure < 100; failure++) health.recordFailure(90, 101);
    expect(health.mayAsk(150)).toBe(true);
  });

  it('is true while replies come, whatever is lost between them', () => {
    const health = createHealth(3000);
    health.recordReply(true, 0);
    fail(health, 99, 50);
    expect(health.mayAsk(99)).toBe(true);
  });

  it('is false for as long as an overloaded server wants', () => {
    const health = createHealth(3000);
    expect(health.recordOverload(5000, 0)).toBe(5000);
    health.recordReply(true, 10);
    expect([health.mayAsk(4999), health.mayAsk(5000)]).toEqual([false, true]);
  });

  it('is true if a server refuses one query in two for a while', () => {
    const health = createHealth(3000);
    health.recordOverload(0, 0);
    for (let now = 10; now < 1000; now += 10) {
      expect(health.recordOverload(now + 2000, now)).toBe(now);
      health.recordReply(true, now);
    }
    expect(health.mayAsk(1000)).toBe(true);
  });

  it('is false if a server refuses 32 queries in a row', () => {
    const health = createHealth(3000);
    for (let now = 0; now < 31; now++) health.recordOverload(now, now);
    expect(health.mayAsk(31)).toBe(true);
    health.recordOverload(2031, 31);
    expect([health.mayAsk(2030), health.mayAsk(2031)]).toEqual([false, true]);
  });
});

describe('isDead', () => {
  it.each([
    ['has never answered', false, 3000],
    ['has answered before', true, 30_000],
  ])('is true for an upstream that %s after a time of nothing but failures', (_, hasAnswered, limit) => {
    const health = createHealth(3000);
    if (hasAnswered) health.recordReply(true, 0);
    for (let now = 0; now <= limit; now += 100) fail(health, now);
    expect(health.isDead(limit)).toBe(false);
    expect(health.isDead(limit + 1)).toBe(true);
    health.recordReply(true, limit + 2);
    expect(health.isDead(limit + 2)).toBe(false);
  });

  it('counts replies that say nothing, such as SERVFAIL, as failures', () => {
    const health = createHealth(3000);
    for (let now = 0; now <= 4000; now += 100) health.recordReply(false, now);
    expect(health.isDead(4000)).toBe(true);
  });

  it('is false after a few failures, or if the failures are far apart', () => {
    const few = createHealth(3000);
    fail(few, 0, 7);
    expect(few.isDead(20_000)).toBe(false);
    const apart = createHealth(3000);
    for (let now = 0; now <= 200_000; now += 11_000) fail(apart, now);
    expect(apart.isDead(200_000)).toBe(false);
  });
});
