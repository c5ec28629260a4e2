import type { Recorded } from '../formats/format.js';
import { jsonLine } from '../formats/json.js';
import type { Batches } from '../names/candidate.js';
import type { Problem } from '../names/domain-name.js';
import { type ProbeResult, type Status, statuses } from '../probe/result.js';
import { mapBatches } from '../util/map-batches.js';
import { createMemory } from './memory.js';
import { createNameTable } from './name-table.js';
import { openResultFile } from './result-file.js';

/** An earlier run that is gone on with. */
export interface Resumed {
  /**
   * Leaves out candidates that have an answer in the file, and those that this run has asked for already.
   *
   * @param onSkip is called with the earlier status of each candidate that has an answer in the file and, if results are
   * kept, with its earlier result.
   */
  skip(candidates: Batches, onSkip: (status: Status, result: ProbeResult | undefined) => void): Batches;
  /** Returns the number of candidates that had an answer in the file. */
  skipped(): number;
  /**
   * Appends results to the file.
   *
   * @throws an `Error` with a message for the user if they cannot be written.
   */
  record(results: readonly Recorded[]): Promise<void>;
  /**
   * Closes the file, and lets other processes use it.
   *
   * @throws an `Error` with a message for the user if something could not be written.
   */
  close(): Promise<void>;
}

/**
 * Opens the results of an earlier run to go on with it.
 *
 * @param keepsResults whether earlier results are kept in memory, to be passed to `onSkip`.
 * @param signal ends reading them.
 * @returns what is wrong with the file, if anything is.
 * @throws the signal's reason if it aborts.
 */
export async function openResumed(
  path: string,
  keepsResults: boolean,
  signal: AbortSignal,
): Promise<Resumed | Problem> {
  /** The index of the status of each name. Names that this run asks for are `unknown` in it. */
  const table = createNameTable(1);
  const results = new Map<string, ProbeResult>();
  /** What was last known of the names that are asked for again. */
  const memory = createMemory();
  let skipped = 0;
  const onAnswer = (result: ProbeResult): boolean => {
    if (table.set(result.name, statuses.indexOf(result.status)) !== undefined) return false;
    if (keepsResults) results.set(result.name, result);
    return true;
  };
  const onUnanswered = (result: Recorded) => {
    if (result.lastKnown) memory.add(result);
  };
  const file = await openResultFile(path, onAnswer, signal, onUnanswered);
  if ('problem' in file) return file;
  return {
    skip: (candidates, onSkip) =>
      mapBatches(candidates, (candidate) => {
        const { name } = candidate;
        const earlier = statuses[table.get(name) ?? statuses.length];
        if (earlier === undefined) {
          table.set(name, statuses.indexOf('unknown'));
          return candidate;
        }
        if (earlier !== 'unknown') {
          skipped++;
          onSkip(earlier, results.get(name));
        }
        return undefined;
      }),
    skipped: () => skipped,
    record: (batch) => file.append(batch.map((result) => jsonLine(memory.recall(result))).join('')),
    close: file.close,
  };
}
