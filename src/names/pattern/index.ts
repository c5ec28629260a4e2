import { quoted } from '../../util/printable.js';
import { type Problem, parseName } from '../domain-name.js';
import { parsePattern } from './parse.js';
import { countSequence, type Part, type Sequence } from './parts.js';

/** A pattern that stands for words. */
export interface Pattern {
  /** How many words it stands for; some of them may not be names, or the same. */
  readonly count: number;
  /** Returns a word, by its index from 0. */
  at(index: number): string;
}

/** Words of a pattern that are looked at to see whether any of them is a name. */
const sampleSize = 1000;

/** Creates a pattern; see `parsePattern`. Returns what is wrong if it cannot be a name. */
export function createPattern(text: string): Pattern | Problem {
  const sequence = parsePattern(text);
  if ('problem' in sequence) return sequence;
  const pattern = { count: countSequence(sequence), at: (index: number) => textAt(sequence, index) };
  const problem = problemOf(pattern);
  if (problem === undefined) return pattern;
  return { problem: `expected a pattern of names, got ${quoted(text)}, which stands for none: ${problem}` };
}

const batchSize = 256;
/** After so many batches, other events get a turn: a pattern may have more words than anybody can wait for. */
const batchesInARow = 16;

/** Yields the words of a pattern, in batches. */
export async function* wordsOf({ count, at }: Pattern): AsyncGenerator<readonly string[], void, undefined> {
  for (let first = 0; first < count; first += batchSize) {
    const length = Math.min(batchSize, count - first);
    yield Array.from({ length }, (_, index) => at(first + index));
    if ((first / batchSize) % batchesInARow === 0) await new Promise(setImmediate);
  }
}

/** The index is a number whose digits choose among the texts of each part; the last part has the lowest digit. */
function textAt(sequence: Sequence, index: number): string {
  let text = '';
  let rest = index;
  for (const part of sequence.toReversed()) {
    text = partAt(part, rest % part.count) + text;
    rest = Math.floor(rest / part.count);
  }
  return text;
}

function partAt(part: Part, index: number): string {
  if ('texts' in part) return part.texts[index] ?? '';
  let rest = index;
  for (const alternative of part.alternatives) {
    const count = countSequence(alternative);
    if (rest < count) return textAt(alternative, rest);
    rest -= count;
  }
  return '';
}

/** Returns why none of some words, spread over the pattern, is a name; undefined if one is. */
function problemOf({ count, at }: Pattern): string | undefined {
  let problem: string | undefined;
  const size = Math.min(count, sampleSize);
  for (let index = 0; index < size; index++) {
    const parsed = parseName(at(count <= sampleSize ? index : scattered(index, count)));
    if ('name' in parsed) return undefined;
    problem ??= parsed.problem;
  }
  return problem;
}

/** Spreads indices by the golden ratio, which leaves no pattern in them. */
const scattered = (index: number, count: number): number =>
  Math.floor(((index * 0.618_033_988_749_894_9) % 1) * count);
