import { describe, expect, it } from 'vitest';
import { createRateLimiter, type RateLimiter } from '../../../src/dns/resolver/rate-limiter.js';

/** Takes every token that is available at each of these times, in milliseconds, and returns their number. */
function takeAll(limiter: RateLimiter, from: number, to: number, step: number): number {
  let count = 0;
  for (let now = from; now < to; now += step) {
    for (; limiter.allowance(now) >= 1; count++) limiter.take();
  }
  return count;
}

describe('createRateLimiter', () => {
  it.each([1, 2, 10, 100, 1000, 100_000])('allows a rate of %i a second to be used up', (rate) => {
    const limiter = createRateLimiter(rate);
    takeAll(limiter, 0, 1000, 10);
    const taken = takeAll(limiter, 1000, 11_000, 10);
    expect(taken).toBeLessThanOrEqual(10 * rate + 1);
    // A fraction of a token may be completed a step later.
    expect(taken).toBeGreaterThanOrEqual(10 * rate - 1);
  });

  it.each([1, 10, 100, 1000])('allows at most %i a second and one burst', (rate) => {
    const taken = takeAll(createRateLimiter(rate), 0, 1000, 1);
    expect(taken).toBeGreaterThanOrEqual(rate);
    expect(taken).toBeLessThanOrEqual(rate + Math.max(rate / 20, 2));
  });

  it('spreads queries evenly', () => {
    const limiter = createRateLimiter(100);
    takeAll(limiter, 0, 1000, 10);
    for (let now = 1000; now < 2000; now += 10) {
      expect(takeAll(limiter, now, now + 10, 10)).toBeLessThanOrEqual(2);
    }
  });

  it('lets a pause of up to 50 ms be made up for, but not a longer one', () => {
    const limiter = createRateLimiter(1000);
    takeAll(limiter, 0, 1000, 10);
    limiter.allowance(1000);
    expect(takeAll(limiter, 1030, 1031, 1)).toBe(40);
    expect(takeAll(limiter, 60_000, 60_001, 1)).toBe(50);
  });

  it('allows the same number however often it is asked', () => {
    const limiter = createRateLimiter(100);
    takeAll(limiter, 0, 1000, 10);
    for (let now = 1000; now < 1010; now += 0.5) limiter.allowance(now);
    expect(limiter.allowance(1020)).toBe(usedUpAt(100, 1000).allowance(1020));
  });

  it('allows everything without a limit', () => {
    const limiter = createRateLimiter(Number.POSITIVE_INFINITY);
    for (let query = 0; query < 1000; query++) limiter.take();
    expect(limiter.allowance(0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('keeps to a new rate from the time that it is set', () => {
    const limiter = createRateLimiter(1000);
    takeAll(limiter, 0, 1000, 10);
    limiter.rate = 100;
    expect(takeAll(limiter, 1000, 2000, 10)).toBeLessThanOrEqual(106);
    limiter.rate = 2000;
    takeAll(limiter, 2000, 3000, 10);
    expect(takeAll(limiter, 3000, 4000, 10)).toBe(2000);
  });

  it('does not count queries that were sent before there was a limit', () => {
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

/** Creates a limiter whose tokens are used up at that time. */
function usedUpAt(rate: number, now: number): RateLimiter {
  const limiter = createRateLimiter(rate);
  takeAll(limiter, now - 1000, now, 10);
  return limiter;
}
