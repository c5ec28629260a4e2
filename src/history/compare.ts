import type { Reported } from '../formats/format.js';
import type { Problem } from '../names/domain-name.js';
import type { ProbeResult } from '../probe/result.js';
import { whyUnusable } from '../util/error-code.js';
import { openInputFile } from '../util/input-file.js';
import { badLine, notResults } from './messages.js';
import { createNameTable } from './name-table.js';
import { readResults } from './read-results.js';
import {
  compareRegistrations,
  completed,
  decodeSeen,
  encodeSeen,
  type Seen,
  seenIn,
  seenWidth,
} from './seen.js';

/**
 * Compares a result with the earlier one of its name; returns undefined if its status is the same, and its registration as
 * far as both are known. A result is returned unchanged if there is no earlier one.
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
  const memory = createMemory();
  const problem = since === undefined ? undefined : await readEarlier(since, memory, signal);
  if (problem) return problem;
  return (result) => {
    const seen = seenIn(result);
    const before = memory.get(result.name);
    if (withLast) memory.set(result.name, completed(seen, before));
    if (before === undefined) return result;
    const was = before.status === seen.status ? undefined : before.status;
    const changes = compareRegistrations(before, seen);
    if (was === undefined && changes === undefined) return undefined;
    return { ...result, ...(was && { was }), ...(changes && { changes }), ...(withLast && { at: now() }) };
  };
}

/** The last that was seen of many names. */
interface Memory {
  get(name: string): Seen | undefined;
  set(name: string, seen: Seen): void;
}

function createMemory(): Memory {
  const table = createNameTable(seenWidth);
  return {
    get(name) {
      const code = table.get(name);
      return code === undefined ? undefined : decodeSeen(code);
    },
    set: (name, seen) => void table.set(name, encodeSeen(seen)),
  };
}

/** Reads earlier results into a memory. If a name occurs twice, its last line counts. */
async function readEarlier(path: string, memory: Memory, signal: AbortSignal): Promise<Problem | undefined> {
  try {
    const set = (result: ProbeResult) =>
      memory.set(result.name, completed(seenIn(result), memory.get(result.name)));
    const read = await readResults(openInputFile(path), set, signal);
    return 'badLine' in read ? { problem: badLine(path, read.badLine) } : undefined;
  } catch (error) {
    signal.throwIfAborted();
    return { problem: notResults(path, whyUnusable(error, 'read')) };
  }
}
