import { describe, expect, it } from 'vitest';
import { createRateControl, isUnlimited, judge } from '../../../src/dns/resolver/rate-control.js';
import { judgeAll, limited, now } from './judging.js';
import { roundOf, tally } from './rounds.js';

describe('three reductions of the rate in a row', () => {
  it('show that the line loses as much if they do not change the share: then so much counts as ordinary', () => {
    const control = limited(40);
    judgeAll(control, [60, 20]);
    expect(control.bucket.rate).toBeCloseTo(400, 9);
    judgeAll(control, [40, 14]);
    expect(isUnlimited(control)).toBe(true);
    expect(control.tolerance).toBe(0.35);
    judgeAll(control, [100, 40]);
    expect(isUnlimited(control)).toBe(true);
  });

  it('are taken back to the rate before the first of them if they are useless', () => {
    const control = limited(40);
    judgeAll(control, [60, 0], [90, 45], [45, 18], [27, 11]);
    expect(control).toMatchObject({ tolerance: 11 / 27, limit: undefined, bucket: { rate: 900 } });
  });

  it.each([
    // Half, and then four fifths of it.
    ['are useless if at least four fifths of the share are lost again', [50, 20], [30, 12], true],
    ['are not useless if less of the share is lost again', [50, 19], [31, 9], false],
    // Half twice more, and a little more than half.
    ['are useless if half of all queries are lost again', [50, 25], [24, 12], true],
    [
      'are not useless if more than half of all queries are lost again, as by no line',
      [50, 26],
      [24, 13],
      false,
    ],
  ] as const)('%s', (_, second, third, isUseless) => {
    const control = limited(50);
    judgeAll(control, second, third);
    expect(isUnlimited(control)).toBe(isUseless);
  });

  it('compare with the share of the reduction before each', () => {
    const control = limited(35);
    // The shares are 0.35, 0.4 and 0.31, which is four fifths of the first, but not of the second.
    judgeAll(control, [65, 26]);
    expect(control.reduction).toMatchObject({ useless: 1, share: 0.4 });
    judgeAll(control, [39, 12]);
    expect(control.reduction).toMatchObject({ useless: 0, share: 12 / 39 });
    const other = limited(40);
    // The shares are 0.4, 0.33 and 0.28, which is four fifths of the second, but not of the first.
    judgeAll(other, [60, 20], [40, 11]);
    expect(isUnlimited(other)).toBe(true);
  });

  it.each([
    ['are not useless after fewer than 16 queries', 15, 0],
    ['may be useless after 16 queries', 16, 1],
  ])('%s', (_, sent, useless) => {
    const control = limited(40);
    judgeAll(control, [sent, 6]);
    expect(control.reduction?.useless).toBe(useless);
  });

  it.each([
    ['are useless if at least 12 % are lost again, twice what a bad line loses', 12, true],
    ['are not useless if less than that is lost again', 11, false],
  ])('%s', (_, lost, isUseless) => {
    const control = limited(13);
    judgeAll(control, [100, lost], [100, lost]);
    expect(isUnlimited(control)).toBe(isUseless);
  });

  it('do not compare with a share from before one that changed it', () => {
    const control = limited(20);
    // The shares are 0.2, 0.51 and 0.38, which is four fifths of the first, but not of the second.
    judgeAll(control, [80, 41]);
    expect(control.reduction).toMatchObject({ useless: 0, share: 41 / 80 });
    judgeAll(control, [39, 15]);
    expect(control.reduction).toMatchObject({ useless: 0, share: 15 / 39 });
  });

  it('are said to be taken back by the round that shows it', () => {
    const control = limited(40);
    const judgeNext = (sent: number, lost: number, setting = control.setting) =>
      judge(control, roundOf({ first: tally(sent, lost), setting }), now);
    // One at another rate, one that lost little, and two that lower the rate.
    const before = [judgeNext(60, 20, 0), judgeNext(60, 0), judgeNext(90, 36), judgeNext(54, 21)];
    expect(before).toEqual([false, false, false, false]);
    const round = roundOf({ first: tally(33, 13), setting: control.setting });
    expect(judge(control, { ...round, isClosed: false }, now)).toBe(false);
    expect(judge(control, round, now)).toBe(true);
    expect(judge(control, round, now)).toBe(false);
  });

  it('are counted anew after one that changed the share', () => {
    const control = limited(40);
    // The shares are 0.4, 0.33, 0.2 and 0.2.
    judgeAll(control, [60, 20], [40, 8], [40, 8]);
    expect(control.reduction?.useless).toBe(1);
    expect(isUnlimited(control)).toBe(false);
  });

  it('compare what was lost since the reduction before, in rounds that lost little, too', () => {
    const afterLittle = (sent: number) => {
      const control = limited(40);
      // Four fifths of 0.4 are 0.32: 24 of 70 are more, and 24 of 80 are less.
      judgeAll(control, [sent, 0], [60, 24]);
      return control.reduction?.useless;
    };
    expect([afterLittle(10), afterLittle(20)]).toEqual([1, 0]);
  });
});

describe('the tolerance for losses', () => {
  it('falls by 2 % with each round that lost little, to what a bad line loses', () => {
    const control = limited(40);
    expect(control.tolerance).toBe(0.06);
    judgeAll(control, [60, 20], [40, 14]);
    expect(control.tolerance).toBe(0.35);
    judgeAll(control, [100, 10]);
    expect(control.tolerance).toBeCloseTo(0.343, 9);
    for (let round = 0; round < 100; round++) judgeAll(control, [100, 0]);
    expect(control.tolerance).toBe(0.06);
  });

  it('does not become less when reductions are taken back', () => {
    const control = limited(40);
    control.tolerance = 0.38;
    control.reduction = { setting: 0, lost: 40, late: 0, share: 0.4, useless: 1, rate: 2000 };
    // The last round lost more than a line explains, but all together only a third.
    judgeAll(control, [200, 40], [100, 60]);
    expect(control).toMatchObject({ tolerance: 0.38, bucket: { rate: 2000 } });
  });

  it('stays after a round that lost neither little nor much', () => {
    const control = createRateControl();
    control.tolerance = 0.35;
    // Half of 35 % is 17.5 %.
    judgeAll(control, [100, 18]);
    expect(control.tolerance).toBe(0.35);
  });
});
