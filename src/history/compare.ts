import type { Reported } from '../formats/format.js';
import type { Problem } from '../names/domain-name.js';
import type { ProbeResult } from '../probe/result.js';
import { whyUnusable } from '../util/error-code.js';
import { openInputFile } from '../util/input-file.js';
import { badLine, notResults } from './messages.js';
import { readResults } from './read-results.js';
import { createStatusTable, type StatusTable } from './status-table.js';

/**
 * Compares a result with the earlier one of its name; returns undefined if its status is the same. A result is returned
 * unchanged if there is no earlier one.
 */
export type Compare = (result: ProbeResult) => Reported | undefined;

/**
 * Prepares the comparison with earlier results.
 *
 * @param since the path of earlier results.
 * @param withLast whether each result is then compared with the last one of its name rather than with the earlier ones.
 * @param now tells the time.
 * @param signal ends reading them.
 * @returns the comparison, or what is wrong with the earlier results.
 * @throws the signal's reason if it aborts.
 */
export async function openComparison(
  since: string | undefined,
  withLast: boolean,
  now: () => Date,
  signal: AbortSignal,
): Promise<Compare | Problem> {
  const table = createStatusTable();
  const problem = since === undefined ? undefined : await readStatuses(since, table, signal);
  if (problem) return problem;
  return (result) => {
    const { name, status } = result;
    const was = withLast ? table.set(name, status) : table.get(name);
    if (was === undefined) return result;
    if (was === status) return undefined;
    return withLast ? { ...result, was, at: now() } : { ...result, was };
  };
}

/** Reads the statuses of earlier results into a table. If a name occurs twice, its last line counts. */
async function readStatuses(
  path: string,
  table: StatusTable,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    const set = ({ name, status }: ProbeResult) => void table.set(name, status);
    const read = await readResults(openInputFile(path), set, signal);
    return 'badLine' in read ? { problem: badLine(path, read.badLine) } : undefined;
  } catch (error) {
    signal.throwIfAborted();
    return { problem: notResults(path, whyUnusable(error, 'read')) };
  }
}
