import { describe, expect, it } from 'vitest';
import {
  createRateControl,
  isUnlimited,
  judge,
  type RateControl,
  recordLateReply,
} from '../../../src/dns/resolver/rate-control.js';
import type { Round } from '../../../src/dns/resolver/round.js';
import { judgeAll, limited, now } from './judging.js';
import { roundOf, tally } from './rounds.js';

/** Records late replies to queries of a round. */
function replyLate(control: RateControl, round: Round, count: number): void {
  for (let reply = 0; reply < count; reply++) recordLateReply(control, round, now);
}

describe('a reduction of the rate', () => {
  it('is taken back when more than half of the queries that were lost are answered late', () => {
    const control = createRateControl();
    const round = judgeAll(control, [100, 40]);
    replyLate(control, round, 20);
    expect(control.bucket.rate).toBe(600);
    replyLate(control, round, 1);
    expect(isUnlimited(control)).toBe(true);
    expect(control).toMatchObject({ reduction: undefined, setting: 2 });
  });

  it('stays when queries are answered late that were sent at another rate', () => {
    const control = limited(40);
    replyLate(control, roundOf({ setting: control.setting }), 50);
    expect(control.bucket.rate).toBe(600);
  });

  it('stays when queries are answered late after a round that lost little', () => {
    const control = createRateControl();
    const round = judgeAll(control, [100, 40]);
    judgeAll(control, [60, 0]);
    replyLate(control, round, 50);
    expect(control.bucket.rate).toBe(900);
  });

  it('is taken back together with those before it', () => {
    const control = createRateControl();
    judgeAll(control, [100, 40]);
    const round = judgeAll(control, [60, 30]);
    replyLate(control, round, 16);
    expect(isUnlimited(control)).toBe(true);
  });

  it('is taken back with the limit and the cautious growth that came with it', () => {
    const control = limited(40);
    judgeAll(control, [60, 0]);
    const round = judgeAll(control, [90, 45]);
    expect(control).toMatchObject({ limit: 450, growth: 0.03, bucket: { rate: 450 } });
    replyLate(control, round, 23);
    expect(control).toMatchObject({ limit: undefined, growth: 0.5, bucket: { rate: 900 } });
  });
});

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

  it('are counted anew after one that changed the share', () => {
    const control = limited(40);
    // The shares are 0.4, 0.33, 0.2 and 0.2.
    judgeAll(control, [60, 20], [40, 8], [40, 8]);
    expect(control.reduction?.useless).toBe(1);
    expect(isUnlimited(control)).toBe(false);
  });

  it('are not in a row if a round between them lost little', () => {
    const control = limited(40);
    judgeAll(control, [60, 20], [40, 0], [60, 20]);
    expect(control.reduction?.useless).toBe(0);
  });
});

describe('the tolerance for losses', () => {
  it('falls by a tenth with each round that lost little, to what a bad line loses', () => {
    const control = limited(40);
    expect(control.tolerance).toBe(0.06);
    judgeAll(control, [60, 20], [40, 14]);
    expect(control.tolerance).toBe(0.35);
    judgeAll(control, [100, 10]);
    expect(control.tolerance).toBeCloseTo(0.315, 9);
    for (let round = 0; round < 30; round++) judgeAll(control, [100, 0]);
    expect(control.tolerance).toBe(0.06);
  });

  it('stays after a round that lost neither little nor much', () => {
    const control = createRateControl();
    control.tolerance = 0.35;
    // Half of 35 % is 17.5 %.
    judgeAll(control, [100, 18]);
    expect(control.tolerance).toBe(0.35);
  });
});

describe('a round was too much for an upstream', () => {
  it.each([
    ['if it lost much and not all', 40, true],
    ['not if it lost all, and the upstream has never answered', 100, false],
    ['not if it lost little', 0, false],
  ])('%s', (_, lost, wasTooMuch) => {
    expect(judgeAll(createRateControl(), [100, lost]).wasTooMuch).toBe(wasTooMuch);
  });

  it.each([
    ['if it lost all, and the upstream answered less than two seconds ago', 1999, true],
    ['not if it lost all, and the upstream has not answered for two seconds', 2000, false],
  ])('%s', (_, since, wasTooMuch) => {
    const control = createRateControl();
    control.answeredAt = now - since;
    expect(judgeAll(control, [100, 100]).wasTooMuch).toBe(wasTooMuch);
  });

  it('not if it lost little, although the upstream has just answered', () => {
    const control = createRateControl();
    control.answeredAt = now;
    expect(judgeAll(control, [100, 0]).wasTooMuch).toBe(false);
  });

  it('if together with those before it, it lost much', () => {
    expect(judgeAll(limited(40), [60, 6], [60, 6], [60, 6]).wasTooMuch).toBe(true);
  });

  it.each([
    // 6 % of 20 and two standard deviations are 3.4.
    ['if its later attempts lost much and not all', limited(40), tally(20, 4), true],
    ['not if its later attempts lost little', limited(40), tally(20, 3), false],
    ['not if its later attempts lost all', limited(40), tally(20, 20), false],
    ['not if its later attempts lost much, but there is no limit', createRateControl(), tally(20, 4), false],
  ])('%s', (_, control, later, wasTooMuch) => {
    const round = roundOf({ first: tally(60, 0), later, setting: control.setting });
    judge(control, round, now);
    expect(round.wasTooMuch).toBe(wasTooMuch);
  });

  it('also if it was sent at another rate', () => {
    const round = roundOf({ first: tally(100, 90), setting: 0 });
    judge(limited(40), round, now);
    expect(round.wasTooMuch).toBe(true);
  });
});
