import type { Candidate } from './candidate.js';
import type { Problem } from './domain-name.js';
import { type Expand, type ParsedWord, parseWord } from './expansion.js';
import { isQuoted, withoutMarkup } from './list-markup.js';
import { createRepeatFilter } from './repeat-filter.js';

/** A source of words, and limits on their length. */
export interface WordSource {
  /**
   * The lines, chunk by chunk, as they arrive. Each has one word or whole name, is blank, or is a comment, which
   * begins with `#`.
   */
  readonly chunks: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  /** Minimum number of letters in a word. */
  readonly minLength: number;
  /** Maximum number of letters in a word. */
  readonly maxLength: number;
  /** Called for each line that is not a word or a domain name. Lines are numbered from 1. */
  readonly reject: (problem: string, lineNumber: number) => void;
}

/** The number of names that are remembered, to probe none of them twice. */
const rememberCount = 100_000;

/**
 * Turns the words of all sources into candidates, one source after the other. A name is left out if it is among the last
 * 100,000 distinct names.
 *
 * @returns the candidates of each chunk, made one by one as they are pulled.
 */
export async function* readCandidates(
  sources: readonly WordSource[],
  expand: Expand,
): AsyncGenerator<Iterable<Candidate>, void, undefined> {
  const isNew = createRepeatFilter(rememberCount);
  for (const source of sources) {
    let lineNumber = 1;
    for await (const chunk of source.chunks) {
      yield candidatesOfChunk(chunk, lineNumber, source, expand, isNew);
      lineNumber += chunk.length;
    }
  }
}

function* candidatesOfChunk(
  chunk: readonly string[],
  firstLineNumber: number,
  { minLength, maxLength, reject }: WordSource,
  expand: Expand,
  isNew: (name: string) => boolean,
): Generator<Candidate, void, undefined> {
  let lineNumber = firstLineNumber;
  for (const line of chunk) {
    const candidates = candidatesOfLine(line, minLength, maxLength, expand);
    if ('problem' in candidates) reject(candidates.problem, lineNumber);
    else for (const candidate of candidates) if (isNew(candidate.name)) yield candidate;
    lineNumber++;
  }
}

const none: readonly Candidate[] = [];

/** Makes the candidates of a line: none if it is blank, a comment, or a word that is too short or too long. */
export function candidatesOfLine(
  line: string,
  minLength: number,
  maxLength: number,
  expand: Expand,
): readonly Candidate[] | Problem {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return none;
  const asWritten = parseWord(text);
  const isMarked = 'problem' in asWritten || (asWritten.unicode !== undefined && isQuoted(text));
  const word = isMarked ? parseMarked(text, asWritten) : asWritten;
  if ('problem' in word) return word;
  const candidates = expand(word);
  if ('problem' in candidates) return candidates;
  const length = countLetters(word);
  return length >= minLength && length <= maxLength ? candidates : none;
}

/** Parses a word within the marks of a list; if there is none, returns what the line is as it is written. */
function parseMarked(text: string, asWritten: ParsedWord | Problem): ParsedWord | Problem {
  const inner = withoutMarkup(text);
  const word = inner === text ? asWritten : parseWord(inner);
  return 'problem' in word ? asWritten : word;
}

/**
 * Counts the letters of a word as a person does: in Unicode, with an accented letter as one. The last label of a whole name
 * does not count.
 */
function countLetters({ name, unicode, isWhole }: ParsedWord): number {
  const text = unicode ?? name;
  const word = isWhole ? text.slice(0, Math.max(text.lastIndexOf('.'), 0)) : text;
  return unicode === undefined ? word.length : [...new Intl.Segmenter().segment(word)].length;
}
