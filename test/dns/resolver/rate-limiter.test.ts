import { describe, expect, test } from 'vitest';
import { createRateLimiter, type RateLimiter } from '../../../src/dns/resolver/rate-limiter.js';

/** Takes all that is allowed, at each of these milliseconds, and tells how many that were. */
function takeAll(limiter: RateLimiter, from: number, to: number, step: number): number {
  let taken = 0;
  for (let now = from; now < to; now += step) {
    for (; limiter.allowance(now) >= 1; taken++) limiter.take();
  }
  return taken;
}

describe('a limiter', () => {
  test.each([1, 2, 10, 100, 1000, 100_000])('lets %i a second through', (rate) => {
    const limiter = createRateLimiter(rate);
    takeAll(limiter, 0, 1000, 10);
    const taken = takeAll(limiter, 1000, 11_000, 10);
    expect(taken).toBeLessThanOrEqual(10 * rate + 1);
    // What stands below one whole query may come a step late.
    expect(taken).toBeGreaterThanOrEqual(10 * rate - 1);
  });

  test.each([1, 10, 100, 1000])('lets no more than %i a second and one burst through', (rate) => {
    const taken = takeAll(createRateLimiter(rate), 0, 1000, 1);
    expect(taken).toBeGreaterThanOrEqual(rate);
    expect(taken).toBeLessThanOrEqual(rate + Math.max(rate / 20, 2));
  });

  test('lets them through evenly', () => {
    const limiter = createRateLimiter(100);
    takeAll(limiter, 0, 1000, 10);
    for (let now = 1000; now < 2000; now += 10) {
      expect(takeAll(limiter, now, now + 10, 10)).toBeLessThanOrEqual(2);
    }
  });

  test('makes up for a moment that was missed, but for no long time', () => {
    const limiter = createRateLimiter(1000);
    takeAll(limiter, 0, 1000, 10);
    limiter.allowance(1000);
    expect(takeAll(limiter, 1030, 1031, 1)).toBe(40);
    expect(takeAll(limiter, 60_000, 60_001, 1)).toBe(50);
  });

  test('allows the same however often it is asked', () => {
    const limiter = createRateLimiter(100);
    takeAll(limiter, 0, 1000, 10);
    for (let now = 1000; now < 1010; now += 0.5) limiter.allowance(now);
    expect(limiter.allowance(1020)).toBe(openedAt(100, 1000).allowance(1020));
  });

  test('without a limit allows everything', () => {
    const limiter = createRateLimiter(Number.POSITIVE_INFINITY);
    for (let query = 0; query < 1000; query++) limiter.take();
    expect(limiter.allowance(0)).toBe(Number.POSITIVE_INFINITY);
  });

  test('that gets another limit keeps to it from then on', () => {
    const limiter = createRateLimiter(1000);
    takeAll(limiter, 0, 1000, 10);
    limiter.rate = 100;
    expect(takeAll(limiter, 1000, 2000, 10)).toBeLessThanOrEqual(106);
    limiter.rate = 2000;
    takeAll(limiter, 2000, 3000, 10);
    expect(takeAll(limiter, 3000, 4000, 10)).toBe(2000);
  });

  test('that gets its first limit does not count what was sent without one', () => {
    const limiter = createRateLimiter(Number.POSITIVE_INFINITY);
    for (let query = 0; query < 20_000; query++) {
      limiter.allowance(query);
      limiter.take();
    }
    limiter.rate = 10;
    expect(limiter.allowance(20_000)).toBeGreaterThanOrEqual(0);
    expect(takeAll(limiter, 20_000, 21_000, 10)).toBeGreaterThanOrEqual(9);
  });
});

/** A limiter whose credit was used up at that time. */
function openedAt(rate: number, now: number): RateLimiter {
  const limiter = createRateLimiter(rate);
  takeAll(limiter, now - 1000, now, 10);
  return limiter;
}
