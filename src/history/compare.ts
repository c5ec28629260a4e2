import type { Recorded, Reported } from '../formats/format.js';
import type { Problem } from '../names/domain-name.js';
import { codeOf, whyUnusable } from '../util/error-code.js';
import { openInputFile } from '../util/input-file.js';
import { quoted } from '../util/printable.js';
import { inUtf8 } from '../util/utf-16.js';
import { createMemory, type Memory } from './memory.js';
import { badLine, notResults, skippedLines } from './messages.js';
import { readResults } from './read-results.js';
import { compareRegistrations, completed, seenIn } from './seen.js';

/**
 * Compares a result with the earlier one of its name; returns undefined if its status is the same, and its registration as
 * far as both are known. No answer is no change. A result is returned unchanged if there is no earlier one.
 */
export type Compare = (result: Recorded) => Reported | undefined;

/** A comparison with earlier results. */
export interface Comparison {
  readonly compare: Compare;
  /** Adds to a result, before it is compared, what was known of its name and the result does not tell. */
  readonly recall: (result: Recorded) => Recorded;
}

/** How results are compared. */
export interface ComparisonOptions {
  /** The path of earlier results; undefined for none. */
  readonly since: string | undefined;
  /** Whether each result is then compared with the last one of its name rather than with the earlier ones. */
  readonly withLast: boolean;
  /** Tells the time. */
  readonly now: () => Date;
  /** Receives what a person should know. */
  readonly note: (message: string) => void;
}

/**
 * Prepares the comparison with earlier results. If there is no file of them yet, everything is new.
 *
 * @param signal ends reading them.
 * @returns the comparison, or what is wrong with the earlier results.
 * @throws the signal's reason if it aborts.
 */
export async function openComparison(
  { since, withLast, now, note }: ComparisonOptions,
  signal: AbortSignal,
): Promise<Comparison | Problem> {
  const memory = createMemory();
  const problem = since === undefined ? undefined : await readEarlier(since, memory, note, signal);
  if (problem) return problem;
  return {
    recall: memory.recall,
    compare(result) {
      const before = memory.get(result.name);
      if (withLast) memory.add(result);
      if (before === undefined) return result;
      const seen = completed(seenIn(result), before);
      const was = before.status === seen.status ? undefined : before.status;
      const changes = compareRegistrations(before, seen);
      if (was === undefined && changes === undefined) return undefined;
      return { ...result, ...(was && { was }), ...(changes && { changes }), ...(withLast && { at: now() }) };
    },
  };
}

/** Reads earlier results into a memory. If a name occurs twice, its last line counts. */
async function readEarlier(
  path: string,
  memory: Memory,
  note: (message: string) => void,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  try {
    const reading = await readResults(inUtf8(openInputFile(path)), memory.add, signal);
    if (reading.foreign !== undefined) return { problem: badLine(path, reading.foreign) };
    if (reading.skipped > 0) note(skippedLines(path, reading));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (codeOf(error) !== 'ENOENT') return { problem: notResults(path, whyUnusable(error, 'read')) };
    note(`there are no earlier results in ${quoted(path)} yet: every name is new`);
    return undefined;
  }
}
