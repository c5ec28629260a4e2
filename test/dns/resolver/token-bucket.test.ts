import { describe, expect, it } from 'vitest';
import {
  createTokenBucket,
  hasToken,
  refill,
  takeToken,
  untilToken,
} from '../../../src/dns/resolver/token-bucket.js';

/** Takes all tokens of a bucket, and returns how many there were. */
function takeAll(bucket: ReturnType<typeof createTokenBucket>): number {
  let count = 0;
  // Without a limit, there would be no end.
  for (; hasToken(bucket) && count < 100; count++) takeToken(bucket);
  return count;
}

/** Creates a bucket that was emptied at 0 ms. */
function emptied(rate: number, burst = 40) {
  const bucket = createTokenBucket(rate);
  refill(bucket, burst, 0);
  takeAll(bucket);
  return bucket;
}

describe('a token bucket', () => {
  it('has one token before it is filled', () => {
    expect(takeAll(createTokenBucket(1000))).toBe(1);
  });

  it('is full when it has been filled for the first time', () => {
    const bucket = createTokenBucket(1000);
    refill(bucket, 40, 0);
    expect(takeAll(bucket)).toBe(40);
  });

  it('gets a token back at its rate, and no sooner', () => {
    const bucket = emptied(10);
    refill(bucket, 40, 99);
    expect(hasToken(bucket)).toBe(false);
    refill(bucket, 40, 100);
    expect(takeAll(bucket)).toBe(1);
  });

  it('gets tokens back in any number of parts', () => {
    const bucket = emptied(100);
    for (let now = 1; now <= 9; now++) refill(bucket, 40, now);
    expect(hasToken(bucket)).toBe(false);
    refill(bucket, 40, 10);
    expect(hasToken(bucket)).toBe(true);
  });

  it('holds no more tokens than the burst', () => {
    const bucket = emptied(1000);
    refill(bucket, 40, 60_000);
    expect(takeAll(bucket)).toBe(40);
  });

  it('holds one token at least, however low the rate is', () => {
    const bucket = emptied(1);
    refill(bucket, 40, 1000);
    expect(takeAll(bucket)).toBe(1);
  });

  it('has a token although its parts do not add up to one exactly', () => {
    const withTokens = (tokens: number) => hasToken({ ...createTokenBucket(10), tokens });
    // A billionth may be missing.
    expect([withTokens(1 - 1e-9), withTokens(1 - 1.1e-9)]).toEqual([true, false]);
  });

  it('owes the tokens that were taken without being there', () => {
    const bucket = emptied(10);
    takeToken(bucket);
    refill(bucket, 40, 100);
    expect(hasToken(bucket)).toBe(false);
    refill(bucket, 40, 200);
    expect(hasToken(bucket)).toBe(true);
  });
});

describe('untilToken', () => {
  it('is the time in which the missing part of a token comes back', () => {
    expect(untilToken(emptied(10))).toBe(100);
    expect(untilToken({ ...emptied(10), tokens: 0.5 })).toBe(50);
    expect(untilToken({ ...emptied(10), tokens: -1 })).toBe(200);
  });

  it('is a millisecond at least', () => {
    expect(untilToken({ ...emptied(10_000), tokens: 0.5 })).toBe(1);
  });
});

describe('a token bucket without a limit', () => {
  it('has a token even if it had none when it still had a limit', () => {
    expect(hasToken({ ...emptied(10), rate: Number.POSITIVE_INFINITY })).toBe(true);
  });

  it('always has a token, and owes none if it gets a limit', () => {
    const bucket = createTokenBucket(Number.POSITIVE_INFINITY);
    for (let query = 0; query < 100; query++) {
      refill(bucket, 40, query);
      expect([hasToken(bucket), untilToken(bucket)]).toEqual([true, 0]);
      takeToken(bucket);
    }
    expect(bucket).toEqual(createTokenBucket(Number.POSITIVE_INFINITY));
    bucket.rate = 10;
    refill(bucket, 40, 100);
    expect(takeAll(bucket)).toBe(1);
  });
});
