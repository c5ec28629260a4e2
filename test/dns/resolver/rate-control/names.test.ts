import { describe, expect, it } from 'vitest';
import {
  areNamesUnanswerable,
  createRateControl,
  evaluate,
  isTooMuch,
  isUnlimited,
  type RateControl,
} from '../../../../src/dns/resolver/rate-control.js';
import type { Round } from '../../../../src/dns/resolver/round.js';
import { evaluateAll, limited, now } from '../evaluating.js';
import { mixedHistory, roundOf, talliesOf, tally } from '../rounds.js';

/** Lets an upstream have been asked for names a fifth of which nobody answers. */
const mixed = (control: RateControl): RateControl => ({ ...control, history: mixedHistory });

/** Evaluates a round of 100 first and 16 second attempts, of which a quarter and all are lost. */
function judgeMixed(control: RateControl): Round {
  const round = roundOf({
    first: mixedHistory.first,
    second: mixedHistory.second,
    setting: control.setting,
  });
  evaluate(control, round, now);
  return round;
}

describe('names that nobody answers', () => {
  it('are to blame for many losses if they are more than half of what a bad line loses', () => {
    const areToBlame = (lost: number) =>
      areNamesUnanswerable({
        ...createRateControl(),
        history: talliesOf({ first: tally(1000, lost), second: tally(300, 300) }),
      });
    // The shares are 1 - 0.97 / 0.9997 = 0.0297, and 1 - 0.969 / 0.9997 = 0.0307.
    expect([30, 31].map(areToBlame)).toEqual([false, true]);
  });

  it('are not to blame at first', () => {
    expect(areNamesUnanswerable(createRateControl())).toBe(false);
  });

  it('do not lower the rate', () => {
    const control = mixed(limited(40));
    // 6 % of 100 and two standard deviations are 10.9, and 20 are for the names.
    expect(evaluateAll(control, [100, 30]).wasTooMuch).toBe(false);
    expect(control.bucket.rate).toBe(600);
    expect(evaluateAll(control, [100, 40]).wasTooMuch).toBe(true);
    // Of 100 queries 20 were too many.
    expect(control.bucket.rate).toBeLessThan(600);
  });

  it('do not lower the rate by several rounds together', () => {
    const control = mixed(limited(40));
    // Of each 60, 12 are for the names, and of 120 together 12.6 may be lost.
    evaluateAll(control, [60, 18], [60, 18]);
    expect(control.bucket.rate).toBe(600);
  });

  it('do not keep the rate from growing', () => {
    const control = mixed(limited(40));
    evaluateAll(control, [60, 13]);
    expect(control.bucket.rate).toBe(900);
  });

  it('do not count as lost since the last reduction', () => {
    const control = mixed(limited(40));
    evaluateAll(control, [60, 15]);
    expect(control.since).toEqual({ sent: 60, answered: 45, lost: expect.closeTo(3, 9) });
  });

  it('are told by the rounds before', () => {
    const control = limited(40);
    judgeMixed(control);
    expect(control.history).toMatchObject({ first: tally(100, 25), second: tally(16, 16) });
    expect(areNamesUnanswerable(control)).toBe(true);
  });

  it('are told by rounds at another rate, too', () => {
    const control = limited(40);
    evaluate(control, roundOf({ first: tally(100, 25), second: tally(16, 16), setting: 0 }), now);
    expect(areNamesUnanswerable(control)).toBe(true);
  });

  it('are not told by a round that is not over', () => {
    const control = limited(40);
    evaluate(control, roundOf({ first: tally(100, 25), second: tally(16, 16), isClosed: false }), now);
    expect(control.history.first.sent).toBe(0);
  });
});

describe('what is known of the names', () => {
  it('is forgotten at the first reduction, as first attempts may have had more room than second ones', () => {
    const control = mixed(createRateControl());
    evaluateAll(control, [100, 60]);
    expect(isUnlimited(control)).toBe(false);
    expect(control.history).toEqual(talliesOf({}));
  });

  it('is not forgotten at later reductions', () => {
    const control = mixed(limited(40));
    evaluateAll(control, [100, 60]);
    expect(control).toMatchObject({ setting: 2, history: { first: tally(200, 85), second: tally(16, 16) } });
  });

  it('is not forgotten when the rate grows', () => {
    const control = mixed(limited(40));
    evaluateAll(control, [60, 12]);
    expect(control).toMatchObject({ setting: 2, history: { first: tally(160, 37) } });
  });
});

describe('a round has lost too much', () => {
  const isTooMuchFor = (control: RateControl, lost: number) =>
    isTooMuch(control, roundOf({ first: tally(100, lost), isClosed: false }));

  it('if more is lost than is tolerated', () => {
    expect([10, 11].map((lost) => isTooMuchFor(createRateControl(), lost))).toEqual([false, true]);
    // 35 % of 100 and two standard deviations are 46.8.
    const tolerant = { ...createRateControl(), tolerance: 0.35 };
    expect([46, 47].map((lost) => isTooMuchFor(tolerant, lost))).toEqual([false, true]);
  });

  it('if more is lost than names are to blame for besides', () => {
    const control = mixed(createRateControl());
    expect([30, 31].map((lost) => isTooMuchFor(control, lost))).toEqual([false, true]);
  });
});

describe('a round that was not answered at all', () => {
  const everything = { first: tally(60, 60) };
  const learned = ({ setting, bucket, limit, growth, tolerance, reduction }: RateControl) =>
    structuredClone({ setting, bucket, limit, growth, tolerance, reduction });

  it.each([
    ['once there is a limit', { ...limited(40), answeredAt: now }],
    ['once there is a limit, even if names are to blame', mixed({ ...limited(40), answeredAt: now })],
    ['if the server has never answered', createRateControl()],
  ])('teaches nothing %s', (_, control) => {
    const before = learned(control);
    const round = roundOf({ ...everything, setting: control.setting });
    expect(evaluate(control, round, now)).toBe(false);
    expect(learned(control)).toEqual(before);
    expect(round.isOver).toBe(true);
  });

  it('sets the first limit of a server that has answered, even if names are to blame', () => {
    const control = mixed({ ...createRateControl(), answeredAt: now });
    evaluateAll(control, [60, 60]);
    // A fifth of the losses was the names', and a quarter of the rate is kept at least.
    expect(control.bucket.rate).toBe(150);
  });
});

describe('the last reduction of the rate', () => {
  it('is kept when the rate grows', () => {
    const control = limited(40);
    const { reduction } = control;
    evaluateAll(control, [60, 0], [90, 0]);
    expect(control.bucket.rate).toBe(1350);
    expect(control.reduction).toBe(reduction);
  });
});
