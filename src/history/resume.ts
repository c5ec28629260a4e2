import type { Recorded } from '../formats/format.js';
import { jsonLine } from '../formats/json.js';
import type { Batches } from '../names/candidate.js';
import type { Problem } from '../names/domain-name.js';
import { type ProbeResult, type Status, statuses } from '../probe/result.js';
import { mapBatches } from '../util/map-batches.js';
import { quoted } from '../util/printable.js';
import type { LockPlatform } from './held-lock.js';
import { createMemory } from './memory.js';
import { createNameTable } from './name-table.js';
import { openResultFile } from './result-file.js';

/** What came of recording results. */
export interface RecordedResults {
  /** The results that are in the file. */
  readonly recorded: readonly Recorded[];
  /** Why the others are not, with a message for the user. */
  readonly failure?: Error | undefined;
}

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
  /** Appends results to the file. */
  record(results: readonly Recorded[]): Promise<RecordedResults>;
  /**
   * Closes the file, and lets other processes use it.
   *
   * @throws an `Error` with a message for the user if something could not be written.
   */
  close(): Promise<void>;
}

/** How results are gone on with. */
export interface ResumeOptions {
  readonly path: string;
  /** Whether earlier results are kept in memory, to be passed to `onSkip`. */
  readonly keepsResults: boolean;
  /** Receives what a person should know. */
  readonly note: (message: string) => void;
}

/** What is known of a name that has no status in the file yet, as numbers that are no index of a status. */
const asked = statuses.length;
const answeredElsewhere = statuses.length + 1;

/**
 * Opens the results of an earlier run to go on with it.
 *
 * @param signal ends reading them.
 * @returns what is wrong with the file, if anything is.
 * @throws the signal's reason if it aborts.
 */
export async function openResumed(
  { path, keepsResults, note }: ResumeOptions,
  platform: LockPlatform,
  signal: AbortSignal,
): Promise<Resumed | Problem> {
  /** For each name, the index of its status in the file, or one of the numbers above. */
  const table = createNameTable(1);
  const results = new Map<string, ProbeResult>();
  /** What was last known of the names that are asked for again. */
  const memory = createMemory();
  let skipped = 0;
  let isShared = false;
  const onAnswer = (result: ProbeResult): boolean => {
    if (table.get(result.name) !== undefined) return false;
    table.set(result.name, statuses.indexOf(result.status));
    if (keepsResults) results.set(result.name, result);
    return true;
  };
  const onUnanswered = (result: Recorded) => {
    if (result.lastKnown) memory.add(result);
  };
  const onAdded = (result: Recorded) => {
    if (!isShared)
      note(
        `another program is adding results to ${quoted(path)}, too; names that it has answered are not asked for`,
      );
    isShared = true;
    if (result.status === 'unknown') return;
    if (table.get(result.name) === asked) table.set(result.name, answeredElsewhere);
    else onAnswer(result);
  };
  const file = await openResultFile(path, { onAnswer, onUnanswered, onAdded, note }, platform, signal);
  if ('problem' in file) return file;
  return {
    skip: (candidates, onSkip) =>
      mapBatches(candidates, (candidate) => {
        const { name } = candidate;
        const known = table.get(name);
        if (known === undefined) {
          table.set(name, asked);
          return candidate;
        }
        const status = statuses[known];
        if (status !== undefined) {
          skipped++;
          onSkip(status, results.get(name));
        }
        return undefined;
      }),
    skipped: () => skipped,
    async record(results) {
      let missing: readonly Recorded[] = [];
      const { count, failure } = await file.append(() => {
        missing = results.filter(({ name }) => table.get(name) !== answeredElsewhere);
        return missing.map((result) => jsonLine(memory.recall(result)));
      });
      return { recorded: failure ? missing.slice(0, count) : results, failure };
    },
    close: file.close,
  };
}
