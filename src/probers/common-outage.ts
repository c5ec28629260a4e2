import type { Outage } from '../dns/resolver/outage.js';
import type { Prober } from '../probe/prober.js';

/**
 * Describes the outage of several askers, each with servers of its own.
 *
 * @returns that of the first one that waits for something; undefined if another one that waits has no outage.
 */
export function commonOutage(askers: Iterable<Pick<Prober, 'waitingFor' | 'outage'>>): Outage | undefined {
  let common: Outage | undefined;
  for (const { waitingFor, outage } of askers) {
    if (waitingFor() === undefined) continue;
    const found = outage();
    if (found === undefined) return undefined;
    common ??= found;
  }
  return common;
}
