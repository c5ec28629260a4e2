import { describe, expect, it } from 'vitest';
import { createRateControl, evaluate, isUnlimited } from '../../../../src/dns/resolver/rate-control.js';
import { createTally } from '../../../../src/dns/resolver/round.js';
import { evaluateAll, limited, now } from '../evaluating.js';
import { roundOf, tally } from '../rounds.js';

describe('a reduction of the rate', () => {
  it('shows that the line loses as much if it does not change the share: then so much counts as ordinary', () => {
    const control = limited(40);
    evaluateAll(control, [60, 21]);
    expect(isUnlimited(control)).toBe(true);
    expect(control.tolerance).toBe(0.35);
    // 35 % of 100 and two standard deviations are 46.8.
    evaluateAll(control, [100, 46]);
    expect(isUnlimited(control)).toBe(true);
    evaluateAll(control, [100, 47]);
    expect(isUnlimited(control)).toBe(false);
  });

  it('is taken back to the rate before it if it is useless', () => {
    const control = limited(40);
    evaluateAll(control, [60, 0], [90, 45]);
    expect(control).toMatchObject({ limit: 450, growth: 0.03, bucket: { rate: 450 } });
    // Of 150 queries, 45 were lost before, which are 30 %.
    expect(control.reduction).toMatchObject({ share: 0.3, rate: 900 });
    evaluateAll(control, [45, 18]);
    expect(control).toMatchObject({ tolerance: 0.4, limit: undefined, growth: 0.5, bucket: { rate: 900 } });
    expect(control.reduction).toBe(undefined);
  });

  it('is taken back to no limit if it was the first one, and it is useless', () => {
    const control = limited(40);
    expect(control.reduction).toMatchObject({ share: 0.4, rate: Number.POSITIVE_INFINITY });
    evaluateAll(control, [60, 24]);
    expect(control).toMatchObject({ setting: 2, bucket: { rate: Number.POSITIVE_INFINITY } });
  });

  it.each([
    ['may be useless after 32 queries', 32, true],
    ['is not useless after fewer than 32 queries', 31, false],
  ])('%s', (_, sent, isUseless) => {
    const control = limited(40);
    evaluateAll(control, [sent, 14]);
    expect(isUnlimited(control)).toBe(isUseless);
  });

  it.each([
    // Four fifths of 40 % are 32 %, and of 50 % 40 %.
    ['is useless if four fifths of the share are lost again', 50, [100, 40], true],
    ['is useless if a little more than four fifths of the share are lost again', 40, [100, 33], true],
    ['is not useless if less of the share is lost again', 50, [100, 39], false],
    ['is useless if 12 % are lost again, twice what a bad line loses', 13, [100, 12], true],
    ['is not useless if less than 12 % are lost again', 13, [100, 11], false],
    ['is useless if half of all queries are lost again', 50, [100, 50], true],
    ['is not useless if more than half of all queries are lost again, as by no line', 50, [100, 51], false],
    ['is useless if more is lost than before, but no more than half', 20, [100, 50], true],
  ] as const)('%s', (_, before, round, isUseless) => {
    const control = limited(before);
    evaluateAll(control, round);
    expect(isUnlimited(control)).toBe(isUseless);
  });

  it('is found to be useless at once, although the round that shows it lost little', () => {
    const control = limited(40);
    // More than half of 24 is too much for any line; of 44 queries 15 are lost, which are 34 %.
    evaluateAll(control, [24, 15]);
    expect(isUnlimited(control)).toBe(false);
    evaluateAll(control, [20, 0]);
    expect(isUnlimited(control)).toBe(true);
    expect(control.tolerance).toBe(15 / 44);
  });

  it('is found to be useless by all rounds since it, not by the last one alone', () => {
    const isUselessAfter = (...rounds: readonly (readonly [sent: number, lost: number])[]) => {
      const control = limited(40);
      evaluateAll(control, ...rounds);
      return isUnlimited(control);
    };
    // Four fifths of 40 % are 32 %: 24 of 70 are more, and 24 of 80 are less.
    expect(isUselessAfter([10, 0], [60, 24])).toBe(true);
    expect(isUselessAfter([20, 0], [60, 24])).toBe(false);
    expect(isUselessAfter([60, 24])).toBe(true);
  });

  it('is compared with each round since it once', () => {
    const control = limited(40);
    // Both lose neither little nor much.
    evaluateAll(control, [20, 2], [20, 2]);
    expect(control.since).toEqual(tally(40, 4));
  });

  it('is not compared with rounds that were sent at another rate', () => {
    const control = limited(40);
    evaluate(control, roundOf({ first: tally(100, 40), setting: 0 }), now);
    expect(control).toMatchObject({ setting: 1, since: createTally() });
  });

  it('is not useless because of losses for which names are to blame', () => {
    const control = limited(40);
    // Of ten second attempts six would be answered.
    const round = roundOf({ first: tally(60, 24), second: tally(24, 24), setting: control.setting });
    evaluate(control, round, now);
    expect(isUnlimited(control)).toBe(false);
    expect(control.since).toMatchObject({ sent: 60, lost: 0 });
  });

  it('is said to be taken back by the round that shows it', () => {
    const control = limited(40);
    const judgeNext = (sent: number, lost: number, setting = control.setting) =>
      evaluate(control, roundOf({ first: tally(sent, lost), setting }), now);
    // One at another rate, one that lost little, and one that lowers the rate.
    expect([judgeNext(60, 20, 0), judgeNext(60, 0), judgeNext(90, 36)]).toEqual([false, false, false]);
    const round = roundOf({ first: tally(54, 21), setting: control.setting });
    expect(evaluate(control, { ...round, isClosed: false }, now)).toBe(false);
    expect(evaluate(control, round, now)).toBe(true);
    expect(evaluate(control, round, now)).toBe(false);
  });

  it('that is taken back leaves nothing to compare with', () => {
    const control = limited(40);
    evaluateAll(control, [60, 24]);
    expect(control).toMatchObject({ reduction: undefined, since: createTally() });
    evaluateAll(control, [100, 60]);
    expect(control.reduction).toMatchObject({ share: 0.6, rate: Number.POSITIVE_INFINITY });
    expect(control.since).toEqual(createTally());
  });
});

describe('a reduction that follows another one', () => {
  it('goes on with it after fewer than 32 queries', () => {
    const control = limited(40);
    evaluateAll(control, [31, 16]);
    const known = { share: 0.4, rate: Number.POSITIVE_INFINITY };
    expect(control.reduction).toMatchObject({ ...known, setting: 1, lost: 16, late: 0 });
    expect(control.since).toEqual(tally(31, 16));
    expect(control.bucket.rate).toBeLessThan(600);
  });

  it('is another one after 32 queries: the share is what was lost since the one before', () => {
    const control = limited(40);
    evaluateAll(control, [32, 17]);
    expect(control.reduction).toMatchObject({ share: 17 / 32, rate: 600, setting: 1, lost: 17, late: 0 });
    expect(control.since).toEqual(createTally());
  });

  it('is compared with what was lost since the one before, not with what was lost before that', () => {
    const control = limited(20);
    // The shares are 0.2, 0.51 and 0.38, which is four fifths of the first, but not of the second.
    evaluateAll(control, [80, 41]);
    expect(control.reduction?.share).toBe(41 / 80);
    evaluateAll(control, [39, 15]);
    expect(isUnlimited(control)).toBe(false);
    expect(control.reduction?.share).toBe(15 / 39);
  });

  it('is taken back together with the one that it goes on with', () => {
    const control = limited(40);
    // Of 31 queries 16 are lost, which is too much for any line; of 40, half.
    evaluateAll(control, [31, 16], [9, 4]);
    expect(control).toMatchObject({ tolerance: 0.5, bucket: { rate: Number.POSITIVE_INFINITY } });
  });

  it('is found to be useless after many reductions with few queries each', () => {
    const control = limited(40);
    evaluateAll(control, [8, 4], [8, 4], [8, 4]);
    expect(control).toMatchObject({ setting: 4, since: tally(24, 12) });
    evaluateAll(control, [8, 0]);
    expect(control).toMatchObject({ setting: 5, tolerance: 0.375, since: createTally() });
    expect(isUnlimited(control)).toBe(true);
  });
});

describe('the tolerance for losses', () => {
  it('falls by 2 % with each round that lost little, to what a bad line loses', () => {
    const control = limited(40);
    expect(control.tolerance).toBe(0.06);
    evaluateAll(control, [60, 21]);
    expect(control.tolerance).toBe(0.35);
    evaluateAll(control, [100, 10]);
    expect(control.tolerance).toBeCloseTo(0.343, 9);
    for (let round = 0; round < 100; round++) evaluateAll(control, [100, 0]);
    expect(control.tolerance).toBe(0.06);
  });

  it('does not become less when reductions are taken back', () => {
    const control = limited(40);
    control.tolerance = 0.38;
    evaluateAll(control, [100, 35]);
    expect(control).toMatchObject({ tolerance: 0.38, bucket: { rate: Number.POSITIVE_INFINITY } });
  });

  it('stays after a round that lost neither little nor much', () => {
    const control = createRateControl();
    control.tolerance = 0.35;
    // Half of 35 % is 17.5 %.
    evaluateAll(control, [100, 18]);
    expect(control.tolerance).toBe(0.35);
  });
});
