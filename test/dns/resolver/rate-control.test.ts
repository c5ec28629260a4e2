import { describe, expect, it } from 'vitest';
import { createRateControl, evaluate, isUnlimited } from '../../../src/dns/resolver/rate-control.js';
import { evaluateAll, limited, now } from './evaluating.js';
import { roundOf, talliesOf, tally } from './rounds.js';

describe('the rate of an upstream', () => {
  it('has no limit while rounds lose little, or no more than a bad line', () => {
    const control = createRateControl();
    // 6 % of 100 and two standard deviations are 10.9.
    evaluateAll(control, [100, 0], [100, 3], [100, 10]);
    expect(isUnlimited(control)).toBe(true);
  });

  it('becomes what was answered of the first round that lost much', () => {
    const control = limited(40);
    expect(isUnlimited(control)).toBe(false);
    expect(control).toMatchObject({ setting: 1, bucket: { rate: 600 } });
  });

  it('becomes a quarter at least', () => {
    // 26 and 25 of 100 were answered; then a tenth.
    expect([74, 75, 90].map((lost) => limited(lost).bucket.rate)).toEqual([260, 250, 250]);
  });

  it('becomes a quarter of what was sent in the first round that lost all, if the upstream has answered before', () => {
    const control = createRateControl();
    control.answeredAt = 0;
    evaluateAll(control, [100, 100]);
    expect(control).toMatchObject({ setting: 1, bucket: { rate: 250 } });
  });

  it('has no limit after rounds that lost all, as long as the upstream has never answered', () => {
    const control = createRateControl();
    const round = evaluateAll(control, [100, 100], [100, 100]);
    expect(isUnlimited(control)).toBe(true);
    expect([control.setting, round.isOver]).toEqual([0, true]);
  });

  it.each([
    ['without the tokens of a burst', 10, 1],
    ['with the tokens that it owes', -3, -3],
  ])('begins %s', (_, before, after) => {
    const control = createRateControl();
    control.bucket.tokens = before;
    evaluateAll(control, [100, 40]);
    expect(control.bucket).toMatchObject({ tokens: after, filledAt: now });
  });

  it('is set before a round is closed only if it is the first that lost much', () => {
    const control = createRateControl();
    const open = { first: tally(20, 15), time: 0, isClosed: false };
    evaluate(control, roundOf(open), now);
    // 20 in 100 ms are 200 a second.
    expect(control.bucket.rate).toBe(50);
    const second = roundOf({ ...open, setting: 1 });
    evaluate(control, second, now);
    expect([control.bucket.rate, second.isOver, second.wasTooMuch]).toEqual([50, false, false]);
  });

  it('is set before a round is closed only if it has at least eight queries, second attempts included', () => {
    const isLimited = (sent: number, second: number) => {
      const control = createRateControl();
      const round = roundOf({ first: tally(sent, 5), second: tally(second, 0), isClosed: false });
      evaluate(control, round, now);
      return !isUnlimited(control);
    };
    expect([isLimited(7, 0), isLimited(8, 0), isLimited(6, 1), isLimited(6, 2)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('stays without a limit while a round that is not closed loses little', () => {
    const control = createRateControl();
    const open = roundOf({ first: tally(20, 3), isClosed: false });
    evaluate(control, open, now);
    expect([control.unclear.first.sent, open.isOver]).toEqual([0, false]);
  });

  it('takes each round into account once', () => {
    const control = createRateControl();
    const round = evaluateAll(control, [100, 40]);
    expect(round.isOver).toBe(true);
    evaluate(control, { ...round, setting: control.setting }, now);
    expect(control.bucket.rate).toBe(600);
  });

  it.each([
    ['much', 90],
    ['little', 0],
    ['neither', 6],
  ])('is not changed by a round that was sent at another rate and lost %s', (_, lost) => {
    const control = limited(40);
    const { history, ...before } = structuredClone(control);
    evaluate(control, roundOf({ first: tally(100, lost), setting: 0 }), now);
    // It still says something about the names.
    expect(history.first).toEqual(tally(0, 0));
    expect(control).toEqual({ ...before, history: talliesOf({ first: tally(100, lost) }) });
  });

  it('falls by the share that was lost, to a quarter at most', () => {
    const control = limited(40);
    evaluateAll(control, [60, 15]);
    expect(control.bucket.rate).toBe(450);
    evaluateAll(control, [45, 40]);
    expect(control.bucket.rate).toBe(112.5);
  });

  it('falls from the rate that was used, if at least half of it was', () => {
    // More than half is lost: no line loses that much.
    const rates = [
      [120, 72],
      [60, 36],
      [30, 18],
      [28, 21],
    ].map(([sent = 0, lost = 0]) => {
      const control = limited(40);
      evaluateAll(control, [sent, lost]);
      return control.bucket.rate;
    });
    // More than was allowed; all of 600 a second; half of it; less.
    expect(rates).toEqual([240, 240, 120, 150]);
  });

  it('never falls below five queries a second', () => {
    const rateAfter = (sent: number, lost: number) => {
      const control = createRateControl();
      evaluate(control, roundOf({ first: tally(sent, lost), time: 1000 }), now);
      return control.bucket.rate;
    };
    expect([rateAfter(24, 18), rateAfter(16, 12)]).toEqual([6, 5]);
  });

  it('learns nothing from a round in which everything was lost, once it has a limit', () => {
    const control = limited(40);
    control.answeredAt = now;
    const { setting, bucket, reduction, tolerance, growth } = structuredClone(control);
    const round = evaluateAll(control, [60, 60]);
    expect(control).toMatchObject({ setting, bucket, reduction, tolerance, growth, limit: undefined });
    expect(round.isOver).toBe(true);
  });
});

describe('several rounds at a rate that lost neither little nor much', () => {
  it('let the rate fall if together they lost much', () => {
    const control = limited(40);
    // 6 % of 120 and two standard deviations are 12.6; of 180, 17.4.
    evaluateAll(control, [60, 6], [60, 6]);
    expect(control.bucket.rate).toBe(600);
    evaluateAll(control, [60, 6]);
    expect(control.bucket.rate).toBe(540);
    expect(control.reduction).toMatchObject({ lost: 18, share: 0.1 });
  });

  it('do not count if the last one alone lost much', () => {
    const control = limited(40);
    evaluateAll(control, [60, 6], [60, 30]);
    expect(control.bucket.rate).toBe(300);
  });

  it('are forgotten after one that lost little, whether the rate grows or not', () => {
    const control = limited(40);
    // Of 600 a second, 29 in 100 ms are not half.
    evaluateAll(control, [60, 6], [60, 6], [29, 0], [60, 6]);
    expect(control.bucket.rate).toBe(600);
    evaluateAll(control, [60, 6], [60, 0], [90, 9]);
    expect(control.bucket.rate).toBe(900);
  });

  it('are forgotten when the rate falls', () => {
    const control = limited(40);
    evaluateAll(control, [60, 6], [60, 30], [30, 4]);
    expect(control.bucket.rate).toBe(300);
  });

  it('are forgotten after 256 queries', () => {
    const control = limited(40);
    // 6 % of 256 and two standard deviations are 23.2; of 316, 27.7.
    evaluateAll(control, [256, 23], [60, 7]);
    expect(control.bucket.rate).toBe(600);
    expect(control.unclear.first).toEqual(tally(60, 7));
  });

  it('let a round without a first attempt teach nothing', () => {
    const control = limited(40);
    evaluateAll(control, [60, 3]);
    // The names are to blame: of 40 second attempts 38 would be answered.
    evaluate(control, roundOf({ second: tally(40, 31), setting: control.setting }), now);
    expect(control.bucket.rate).toBe(600);
  });
});
