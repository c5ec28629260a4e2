import type { Problem } from '../names/domain-name.js';
import type { ProbeResult, Status } from '../probe/result.js';
import { readStatuses } from './read-statuses.js';
import { createStatusTable } from './status-table.js';

/** A result, and how it differs from an earlier one. */
export type Compared = ProbeResult & {
  /** The earlier status, if that was another one. */
  readonly was?: Status | undefined;
  /** When the change was seen, if names are looked up again and again. */
  readonly at?: Date | undefined;
};

/**
 * Compares a result with the earlier one of its name; returns undefined if its status is the same. A result is returned
 * unchanged if there is no earlier one.
 */
export type Compare = (result: ProbeResult) => Compared | undefined;

/** With what results are compared. */
export interface CompareOptions {
  /** The path of earlier results. */
  readonly since: string | undefined;
  /** Whether each result is compared with the last one of its name, if there is one, rather than with the earlier ones. */
  readonly withLast: boolean;
}

/**
 * Prepares the comparison with earlier results.
 *
 * @param now tells the time.
 * @param signal ends reading them.
 * @returns the comparison, or what is wrong with the earlier results.
 * @throws the signal's reason if it aborts.
 */
export async function openComparison(
  { since, withLast }: CompareOptions,
  now: () => Date,
  signal: AbortSignal,
): Promise<Compare | Problem> {
  const table = createStatusTable();
  if (since !== undefined) {
    const wrong = await readStatuses(since, table, signal);
    if (wrong) return wrong;
  }
  return (result) => {
    const { name, status } = result;
    const was = withLast ? table.set(name, status) : table.get(name);
    if (was === undefined) return result;
    if (was === status) return undefined;
    return withLast ? { ...result, was, at: now() } : { ...result, was };
  };
}
