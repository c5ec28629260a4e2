import { describe, expect, it } from 'vitest';
import {
  countLateReply,
  createRateControl,
  evaluate,
  isUnlimited,
  type RateControl,
} from '../../../../src/dns/resolver/rate-control.js';
import type { Round } from '../../../../src/dns/resolver/round.js';
import { evaluateAll, limited, now } from '../evaluating.js';
import { roundOf, tally } from '../rounds.js';

/** Records late replies to queries of a round. */
function replyLate(control: RateControl, round: Round, count: number): void {
  for (let reply = 0; reply < count; reply++) countLateReply(control, round, now);
}

describe('a reduction of the rate', () => {
  it('is taken back when more than half of the queries that were lost are answered late', () => {
    const control = createRateControl();
    const round = evaluateAll(control, [100, 40]);
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

  it('is also taken back after a round that lost little', () => {
    const control = createRateControl();
    const round = evaluateAll(control, [100, 40]);
    evaluateAll(control, [60, 0]);
    expect(control.bucket.rate).toBe(900);
    replyLate(control, round, 21);
    expect(isUnlimited(control)).toBe(true);
  });

  it('is taken back together with those before it', () => {
    const control = createRateControl();
    evaluateAll(control, [100, 40]);
    const round = evaluateAll(control, [60, 30]);
    replyLate(control, round, 16);
    expect(isUnlimited(control)).toBe(true);
  });

  it('is said to be taken back by the reply that does so', () => {
    const control = createRateControl();
    const round = evaluateAll(control, [100, 40]);
    expect(countLateReply(control, roundOf({ setting: control.setting }), now)).toBe(false);
    const areTakenBack = Array.from({ length: 22 }, () => countLateReply(control, round, now));
    expect(areTakenBack.indexOf(true)).toBe(20);
    expect(areTakenBack.lastIndexOf(true)).toBe(20);
  });

  it('is taken back with the limit and the cautious growth that came with it', () => {
    const control = limited(40);
    evaluateAll(control, [60, 0]);
    const round = evaluateAll(control, [90, 45]);
    expect(control).toMatchObject({ limit: 450, growth: 0.03, bucket: { rate: 450 } });
    replyLate(control, round, 23);
    expect(control).toMatchObject({ limit: undefined, growth: 0.5, bucket: { rate: 900 } });
  });
});

describe('a round was too much for an upstream', () => {
  it.each([
    ['if it lost much and not all', 40, true],
    ['not if it lost all, and the upstream has never answered', 100, false],
    ['not if it lost little', 0, false],
  ])('%s', (_, lost, wasTooMuch) => {
    expect(evaluateAll(createRateControl(), [100, lost]).wasTooMuch).toBe(wasTooMuch);
  });

  it.each([
    ['if it lost all, and the upstream answered less than two seconds ago', 1999, true],
    ['not if it lost all, and the upstream has not answered for two seconds', 2000, false],
  ])('%s', (_, since, wasTooMuch) => {
    const control = createRateControl();
    control.answeredAt = now - since;
    expect(evaluateAll(control, [100, 100]).wasTooMuch).toBe(wasTooMuch);
  });

  it.each([
    ['not if it lost much and nothing has been answered so far', 0, false],
    ['if it lost much and something has been answered so far', 1, true],
  ])('%s', (_, answered, wasTooMuch) => {
    const round = roundOf({ first: tally(20, 15, answered), isClosed: false });
    evaluate(createRateControl(), round, now);
    expect(round).toMatchObject({ isOver: true, wasTooMuch });
  });

  it('not if it lost little, although the upstream has just answered', () => {
    const control = createRateControl();
    control.answeredAt = now;
    expect(evaluateAll(control, [100, 0]).wasTooMuch).toBe(false);
  });

  it('if together with those before it, it lost much', () => {
    expect(evaluateAll(limited(40), [60, 6], [60, 6], [60, 6]).wasTooMuch).toBe(true);
  });

  it.each([
    // 6 % of 20 and two standard deviations are 3.4.
    ['if its later attempts lost much and not all', limited(40), tally(20, 4), true],
    ['not if its later attempts lost little', limited(40), tally(20, 3), false],
    ['not if its later attempts lost all', limited(40), tally(20, 20), false],
    ['not if its later attempts lost much, but there is no limit', createRateControl(), tally(20, 4), false],
  ])('%s', (_, control, later, wasTooMuch) => {
    const round = roundOf({ first: tally(60, 0), later, setting: control.setting });
    evaluate(control, round, now);
    expect(round.wasTooMuch).toBe(wasTooMuch);
  });

  it('also if it was sent at another rate', () => {
    const round = roundOf({ first: tally(100, 90), setting: 0 });
    evaluate(limited(40), round, now);
    expect(round.wasTooMuch).toBe(true);
  });
});
