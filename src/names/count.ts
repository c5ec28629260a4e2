import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { inUtf8 } from '../util/utf-16.js';
import { candidatesOfLine } from './candidates.js';
import type { Expand } from './expansion.js';
import { readLines } from './lines.js';
import type { Pattern } from './pattern/index.js';
import { reservedWords } from './reserved-words/index.js';
import type { WordOptions } from './sources.js';

/** The number of candidates of a run. A name that comes twice counts twice. */
export interface Count {
  readonly names: number;
  /** Whether some were estimated, because there are very many. */
  readonly isEstimate: boolean;
}

/** The octets of a file and the words of a pattern that are counted; the rest is estimated. */
const sampleOctets = 4 * 1024 * 1024;
const sampleWords = 10_000;

/**
 * Counts the candidates of a run beforehand.
 *
 * @returns undefined if that is not possible: standard input and pipes can be read only once.
 */
export async function countCandidates(
  { words, patterns, files, languages, soft, minLength, maxLength, maxReservedLength }: WordOptions,
  expand: Expand,
): Promise<Count | undefined> {
  const count = (lines: readonly string[], longest: number) =>
    lines.reduce((sum, line) => sum + countLine(line, minLength, longest, expand), 0);
  let names = count(words, maxLength) + count(await reservedWords(languages, soft), maxReservedLength);
  let isEstimate = false;
  const add = (sample: number, share: number) => {
    names += Math.round(sample / share);
    isEstimate ||= share < 1;
  };
  for (const pattern of patterns) {
    const sample = sampleOf(pattern);
    add(count(sample, maxLength), sample.length / pattern.count);
  }
  for (const path of files) {
    const file = await readSample(path);
    if (file === undefined) return undefined;
    add(count(file.lines, maxLength), file.share);
  }
  return { names, isEstimate };
}

function countLine(line: string, minLength: number, maxLength: number, expand: Expand): number {
  const candidates = candidatesOfLine(line, minLength, maxLength, expand);
  return 'problem' in candidates ? 0 : candidates.length;
}

/** Returns all words of a pattern or, if there are many, some that are spread evenly over it. */
function sampleOf({ count, at }: Pattern): readonly string[] {
  const length = Math.min(count, sampleWords);
  return Array.from({ length }, (_, index) => at(Math.floor((index / length) * count)));
}

/** The first lines of a file, and the share of the file that they are. */
interface Sample {
  readonly lines: readonly string[];
  readonly share: number;
}

/** Reads the beginning of a file; returns undefined if it is not a regular file, or cannot be read. */
async function readSample(path: string): Promise<Sample | undefined> {
  if (path === '-') return undefined;
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return undefined;
    const lines: string[] = [];
    const stream = createReadStream(path, { end: sampleOctets - 1 });
    for await (const chunk of readLines(inUtf8(stream))) for (const line of chunk) lines.push(line);
    return { lines, share: Math.min(sampleOctets / Math.max(stats.size, 1), 1) };
  } catch {
    // A file that cannot be read is reported when its names are read.
    return undefined;
  }
}
