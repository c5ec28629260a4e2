import type { Problem } from '../names/domain-name.js';
import { openInputFile, whyUnreadable } from '../util/input-file.js';
import { badLine, notResults } from './messages.js';
import { readResults } from './read-results.js';
import type { StatusTable } from './status-table.js';

/**
 * Reads the statuses that an earlier run has written with `--format json`. If a name occurs twice, its last line counts.
 *
 * @param table is given the statuses.
 * @returns what is wrong with the file, if anything is.
 * @throws the signal's reason if it aborts.
 */
export async function readStatuses(
  path: string,
  table: StatusTable,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    const read = await readResults(
      openInputFile(path),
      ({ name, status }) => void table.set(name, status),
      signal,
    );
    return 'badLine' in read ? { problem: badLine(path, read.badLine) } : undefined;
  } catch (error) {
    signal.throwIfAborted();
    return { problem: notResults(path, whyUnreadable(error)) };
  }
}
