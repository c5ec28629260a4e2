import { createGate } from '../gate.js';
import type { Action } from './action.js';
import { limited } from './replies.js';

/**
 * The first action for the first request for a path, the second for the second, and the last for all that
 * follow.
 */
export function inTurn(first: Action, ...others: readonly Action[]): Action {
  const actions = [first, ...others];
  return (request, client) => (actions[request.attempt - 1] ?? actions.at(-1) ?? first)(request, client);
}

/** Holds requests until the test releases them. */
export interface RdapGate {
  /** An action that waits at this gate. */
  hold(action: Action): Action;
  /** Releases requests for this name, or for all names, in order of arrival. Later ones do not wait. */
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
  /** How many requests are accepted before the first refusal. */
  readonly burst: number;
  /** The refusal: 429 by default. */
  readonly refusal?: Action;
}

/**
 * Limits the requests for all names together. Each refusal makes room for one more request, so that no clock is needed.
 * Create it once, not for each request.
 */
export function rateLimit({ burst, refusal = limited() }: RateLimit, action: Action): Action {
  let left = burst;
  return (request, client) => {
    if (left >= 1) {
      left -= 1;
      action(request, client);
    } else {
      left += 1;
      refusal(request, client);
    }
  };
}
