import type { FileHandle } from 'node:fs/promises';
import type { Recorded } from '../formats/format.js';
import { inUtf8 } from '../util/utf-16.js';
import { type Reading, readResults } from './read-results.js';
import { chunksOf, type Range } from './tidy.js';

/** What has been read of an open file of results. */
export interface OpenReading extends Reading {
  /** The lines that do not count, in octets of UTF-8; adjacent ones are one range. */
  readonly dropped: readonly Range[];
}

/**
 * Reads an open file of results, in UTF-8 or UTF-16.
 *
 * @param onAnswer returns whether the answer counts.
 * @param onUnanswered is called with each result without an answer, which does not count.
 */
export async function readOpenResults(
  file: FileHandle,
  onAnswer: (result: Recorded) => boolean,
  onUnanswered: (result: Recorded) => void,
  signal: AbortSignal,
): Promise<OpenReading> {
  const dropped: Range[] = [];
  const drop = (start: number, end: number) => {
    const last = dropped.at(-1);
    if (last?.end === start) dropped[dropped.length - 1] = { start: last.start, end };
    else dropped.push({ start, end });
  };
  const onResult = (result: Recorded, start: number, end: number) => {
    if (result.status === 'unknown') onUnanswered(result);
    else if (onAnswer(result)) return;
    drop(start, end);
  };
  const reading = await readResults(inUtf8(chunksOf(file)), onResult, signal);
  return { ...reading, dropped };
}
