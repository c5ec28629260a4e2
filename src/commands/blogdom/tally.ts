import { type ProbeResult, type Status, statuses } from '../../probe/result.js';

/** Counts results by their status. */
export interface Tally {
  /** How many results have each status, in the order of `statuses`. */
  readonly counts: Readonly<Record<Status, number>>;
  /** All results. */
  done(): number;
  add(results: Iterable<ProbeResult>): void;
}

/** Creates a tally without results. */
export function createTally(): Tally {
  const counts = { live: 0, taken: 0, absent: 0, unregistered: 0, unknown: 0 } satisfies Record<
    Status,
    number
  >;
  return {
    counts,
    done: () => statuses.reduce((sum, status) => sum + counts[status], 0),
    add(results) {
      for (const { status } of results) counts[status]++;
    },
  };
}
