import { createGate } from '../gate.js';
import type { Action } from './action.js';
import { limited } from './replies.js';

/** The first action for the first request for a path, the second for the second; the last one stays. */
export function inTurn(first: Action, ...others: readonly Action[]): Action {
  const actions = [first, ...others];
  return (request, client) => (actions[request.attempt - 1] ?? actions.at(-1) ?? first)(request, client);
}

/** Holds requests until the test lets them go. */
export interface RdapGate {
  /** An action that waits at this gate before it does the other one. */
  hold(action: Action): Action;
  /** Lets requests for this name, or for all names, go in order of arrival; later ones do not wait. */
  release(name?: string): void;
}

/** A closed gate. */
export function gate(): RdapGate {
  const { pass, release } = createGate();
  return {
    hold: (action) => (request, client) => pass(request.name, () => action(request, client)),
    release,
  };
}

export interface RateLimit {
  /** How many requests it takes before it refuses one. */
  readonly burst: number;
  /** How many more it takes for each one that it refused: waiting helps, but without a clock. One by default. */
  readonly regain?: number;
  /** What a refusal looks like: 429 by default. */
  readonly refusal?: Action;
}

/** Takes some requests of all names together and refuses the others; make it once, not for each request. */
export function rateLimit({ burst, regain = 1, refusal = limited() }: RateLimit, action: Action): Action {
  let left = burst;
  return (request, client) => {
    if (left >= 1) {
      left -= 1;
      action(request, client);
    } else {
      left += regain;
      refusal(request, client);
    }
  };
}

/** Refuses a request that comes while so many others have no response yet. */
export function atMostAtOnce(most: number, action: Action, refusal: Action = limited()): Action {
  return (request, client) => (request.underWay > most ? refusal : action)(request, client);
}
