import { createRateControl, evaluate, type RateControl } from '../../../src/dns/resolver/rate-control.js';
import type { Round } from '../../../src/dns/resolver/round.js';
import { roundOf, tally } from './rounds.js';

/** When all rounds are evaluated. */
export const now = 5000;

/** Lets a rate control evaluate rounds of first attempts, sent within 100 ms each, and returns the last one. */
export function evaluateAll(
  control: RateControl,
  ...rounds: readonly (readonly [sent: number, lost: number])[]
): Round {
  let last = roundOf({});
  for (const [sent, lost] of rounds) {
    last = roundOf({ first: tally(sent, lost), setting: control.setting });
    evaluate(control, last, now);
  }
  return last;
}

/** Creates a rate control that has been limited by one round of 100 queries, which were sent at 1,000 a second. */
export function limited(lost: number): RateControl {
  const control = createRateControl();
  evaluateAll(control, [100, lost]);
  return control;
}

/** Creates a rate control that knows its limit, which is 400 a second: of 1,000 it lost half, and of 500 a fifth. */
export function confirmed(): RateControl {
  const control = limited(50);
  evaluateAll(control, [50, 10]);
  return control;
}
