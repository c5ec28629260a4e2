import { type Candidate, candidatesOf } from './candidate.js';
import type { DomainName } from './domain-name.js';
import { createRecentlySeen } from './recently-seen.js';

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

/** The number of names that are remembered, so that none of them is probed twice. */
const rememberCount = 100_000;

/**
 * Turns the words of all sources into candidates, one source after the other. A name is left out if it is among the last
 * 100,000 distinct names.
 *
 * @returns the candidates of each chunk, made one by one as they are pulled.
 */
export async function* readCandidates(
  sources: readonly WordSource[],
  tlds: readonly DomainName[],
): AsyncGenerator<Iterable<Candidate>, void, undefined> {
  const isNew = createRecentlySeen(rememberCount);
  for (const source of sources) {
    let lineNumber = 1;
    for await (const chunk of source.chunks) {
      yield candidatesOfChunk(chunk, lineNumber, source, tlds, isNew);
      lineNumber += chunk.length;
    }
  }
}

function* candidatesOfChunk(
  chunk: readonly string[],
  firstLineNumber: number,
  { minLength, maxLength, reject }: WordSource,
  tlds: readonly DomainName[],
  isNew: (name: string) => boolean,
): Generator<Candidate, void, undefined> {
  let lineNumber = firstLineNumber;
  for (const line of chunk) {
    const text = line.trim();
    const candidates = text === '' || text.startsWith('#') ? [] : candidatesOf(text, tlds);
    if ('problem' in candidates) {
      reject(candidates.problem, lineNumber);
    } else {
      for (const candidate of candidates) {
        const length = countLetters(candidate);
        if (length >= minLength && length <= maxLength && isNew(candidate.name)) yield candidate;
      }
    }
    lineNumber++;
  }
}

/** Counts the letters of a candidate's word as a person does: in Unicode, with an accented letter as one. */
function countLetters({ word, tld, unicode }: Candidate): number {
  if (unicode === undefined) return word.length;
  const labels = unicode.split('.');
  const unicodeWord = labels.slice(0, labels.length - tld.split('.').length).join('.');
  return [...new Intl.Segmenter().segment(unicodeWord)].length;
}
