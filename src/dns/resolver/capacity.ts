import type { Clock } from '../../util/clock.js';
import { oncePerTurn } from '../../util/once-per-turn.js';
import type { Upstream } from './upstream.js';

/** Questions in flight beyond the windows of the upstreams, so that there is always one to send. */
const reserve = 64;

/**
 * Creates a function that returns how many questions it is useful to have in flight at once. It is called for each
 * question, so it adds up the windows only once in each turn of the event loop.
 */
export function createCapacity(
  upstreams: readonly Pick<Upstream, 'congestionControl'>[],
  clock: Pick<Clock, 'endOfTurn'>,
): () => number {
  let capacity: number | undefined;
  const forget = oncePerTurn(clock, () => {
    capacity = undefined;
  });
  return () => {
    if (capacity === undefined) {
      let windows = 0;
      for (const { congestionControl } of upstreams) windows += congestionControl.window;
      capacity = Math.ceil(windows) + reserve;
      forget();
    }
    return capacity;
  };
}
