import { describe, expect, it } from 'vitest';
import { evaluate, type RateControl } from '../../../../src/dns/resolver/rate-control.js';
import { confirmed, evaluateAll, limited, now } from '../evaluating.js';
import { roundOf, tally } from '../rounds.js';

/** By how much the rate grows with each of so many rounds that use all of it and lose nothing. */
function growths(control: RateControl, rounds: number): number[] {
  return Array.from({ length: rounds }, () => {
    const { rate } = control.bucket;
    evaluateAll(control, [rate, 0]);
    return control.bucket.rate / rate - 1;
  });
}

describe('the rate of an upstream grows', () => {
  it('by half after each round that lost little, as long as no limit is known', () => {
    const control = limited(40);
    evaluateAll(control, [60, 0]);
    expect(control.bucket.rate).toBe(900);
    evaluateAll(control, [90, 2]);
    expect(control.bucket.rate).toBe(1350);
  });

  it.each([
    // 6 % may be lost: half of that are 3 of 100.
    ['after a round that lost half of what may be lost', 3, 900],
    ['not after a round that lost more', 4, 600],
  ])('%s', (_, lost, rate) => {
    const control = limited(40);
    evaluateAll(control, [100, lost]);
    expect(control.bucket.rate).toBe(rate);
  });

  it('only if at least half of it was used', () => {
    const control = limited(40);
    evaluateAll(control, [29, 0]);
    expect(control).toMatchObject({ growth: 0.5, setting: 1, bucket: { rate: 600 } });
    evaluateAll(control, [30, 0]);
    expect(control).toMatchObject({ growth: 0.5, setting: 2, bucket: { rate: 900 } });
  });

  it.each([
    ['not after a round of fewer than eight queries, later attempts apart', 7, 600],
    ['after a round of eight queries', 8, 900],
  ])('%s', (_, sent, rate) => {
    const control = limited(40);
    evaluate(control, roundOf({ first: tally(sent, 0), later: tally(60, 0), setting: 1 }), now);
    expect(control.bucket.rate).toBe(rate);
  });

  it('by 3 % after it has come to its limit, then 1.5 times as fast each time, and by half at most', () => {
    const expected = [0.03, 0.045, 0.0675, 0.101_25, 0.151_875, 0.227_812_5, 0.341_718_75, 0.5, 0.5];
    for (const [index, growth] of growths(confirmed(), 9).entries())
      expect(growth).toBeCloseTo(expected[index] ?? 0, 9);
  });

  it('by 3 % again after each reduction at a limit', () => {
    const control = confirmed();
    growths(control, 3);
    evaluateAll(control, [100, 30]);
    expect(growths(control, 1)[0]).toBeCloseTo(0.03, 9);
  });

  it('no faster because of a round that did not use it', () => {
    const control = confirmed();
    evaluateAll(control, [19, 0]);
    expect(control).toMatchObject({ growth: 0.03, bucket: { rate: 400 } });
  });
});

describe('the limit of an upstream', () => {
  it('is not known after the first reduction, as a burst may have been spent', () => {
    expect(limited(40)).toMatchObject({ limit: undefined, growth: 0.5 });
  });

  it('is what was answered when much was lost again', () => {
    expect(confirmed()).toMatchObject({ limit: 400, bucket: { rate: 400 } });
  });

  it('is gone back to after 256 queries that lost neither little nor much', () => {
    const control = confirmed();
    evaluateAll(control, [40, 0], [150, 9], [105, 6]);
    expect(control.bucket.rate).toBe(412);
    // 240 of 256 were answered, and 412 * 240 / 256 = 386 is less than the limit.
    evaluateAll(control, [1, 1]);
    expect(control.bucket.rate).toBe(400);
    expect(growths(control, 1)[0]).toBeCloseTo(0.03, 9);
  });

  it('is gone back to by the share that was lost', () => {
    const control = confirmed();
    control.bucket.rate = 500;
    evaluateAll(control, [256, 16]);
    expect(control.bucket.rate).toBe(468.75);
  });

  it.each([
    ['a rate at the limit', 400],
    ['a rate below it', 390],
  ])('lets %s stay after 256 such queries', (_, rate) => {
    const control = confirmed();
    control.bucket.rate = rate;
    control.growth = 0.2;
    evaluateAll(control, [256, 16]);
    expect(control).toMatchObject({ growth: 0.2, setting: 2, bucket: { rate } });
  });

  it('lets the rate stay after 256 such queries if it is not known', () => {
    const control = limited(40);
    evaluateAll(control, [256, 16]);
    expect(control).toMatchObject({ growth: 0.5, setting: 1, bucket: { rate: 600 } });
  });
});
