import { describe, expect, it } from 'vitest';
import {
  createRateControl,
  evaluate,
  isUnlimited,
  type RateControl,
  skipFirst,
} from '../../../../src/dns/resolver/rate-control.js';
import type { Round } from '../../../../src/dns/resolver/round.js';
import { limited, now } from '../evaluating.js';
import { mixedHistory, roundOf, tally } from '../rounds.js';

/** Lets a rate control know that its upstream has answered. */
function answered(control = createRateControl()): RateControl {
  control.answeredAt = 0;
  return control;
}

/** Creates the rate control of an upstream that has answered, over a line that loses half of all queries. */
const tolerant = (): RateControl => ({ ...answered(), tolerance: 0.5 });

/** Creates the rate control of an upstream that has answered, and that was asked for names that nobody answers. */
const mixed = (): RateControl => ({ ...answered(), history: mixedHistory });

const open = (round: Parameters<typeof roundOf>[0]): Round => roundOf({ ...round, isClosed: false });

describe('a round that is skipped', () => {
  it('was too much, is over, and does not set the rate', () => {
    const control = answered();
    const round = open({ first: tally(20, 8) });
    expect(skipFirst(control, round)).toBe(true);
    expect(round).toMatchObject({ isOver: true, wasTooMuch: true });
    expect(isUnlimited(control)).toBe(true);
    evaluate(control, { ...round, isClosed: true }, now);
    expect(control.reduction).toBeUndefined();
  });

  it('ends the setting, so that other rounds at it do not set the rate', () => {
    const control = answered();
    skipFirst(control, open({ first: tally(20, 8) }));
    expect(control.setting).toBe(1);
    evaluate(control, roundOf({ first: tally(20, 8), setting: 0 }), now);
    expect(isUnlimited(control)).toBe(true);
  });

  it('has at least eight queries, second attempts included', () => {
    const arePassedOver = [
      [7, 0],
      [8, 0],
      [6, 1],
      [6, 2],
    ].map(([sent = 0, second = 0]) =>
      skipFirst(answered(), open({ first: tally(sent, 5), second: tally(second, 0) })),
    );
    expect(arePassedOver).toEqual([false, true, false, true]);
  });

  it.each([
    ['if it is over', answered(), { ...open({ first: tally(20, 8) }), isOver: true }],
    ['if the rate has a limit', answered(limited(40)), open({ first: tally(20, 8), setting: 1 })],
    ['if the upstream has never answered', createRateControl(), open({ first: tally(20, 8, 0) })],
    // 6 % of 20 and two standard deviations are 3.4.
    ['if it lost no more than a line explains', answered(), open({ first: tally(20, 3) })],
    // Half of 20 and two standard deviations are 16.3.
    ['if it lost no more than this line does', tolerant(), open({ first: tally(20, 16) })],
    // A fifth of 20 are 4.
    ['if names were to blame before', mixed(), open({ first: tally(20, 7) })],
    // Of 8 second attempts 4.8 would be answered.
    ['if names are to blame', answered(), open({ first: tally(20, 8), second: tally(8, 8) })],
  ])('is not one %s', (_, control, round) => {
    const before = structuredClone([control, round]);
    expect(skipFirst(control, round)).toBe(false);
    expect([control, round]).toEqual(before);
  });
});
