import type { Candidate } from '../probe/result.js';
import { type ParsedName, parseName } from './domain-name.js';
import { createRecentlySeen } from './recently-seen.js';

/** A checked domain name. */
export type Name = Exclude<ParsedName, { problem: string }>;

/** Where words come from, and which of them count. */
export interface WordSource {
  /** The words, chunk by chunk, as they arrive. */
  readonly chunks: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  /** Letters in a word. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Is told what is wrong with a word that is left out, and its place in the source, from 1. */
  readonly reject: (problem: string, place: number) => void;
}

/** Names that a run remembers, to ask for each only once. */
const remembered = 100_000;

/** The whole name that a text is, or what is wrong with it. Its top-level domain is its last label. */
export function wholeName(text: string): Candidate | { readonly problem: string } {
  const parsed = parseName(text);
  return 'problem' in parsed ? parsed : splitLast(parsed);
}

function splitLast({ name, unicode }: Name): Candidate {
  const dot = name.lastIndexOf('.');
  return { name, unicode, word: name.slice(0, Math.max(dot, 0)), tld: name.slice(dot + 1) };
}

/** The names that a word makes under the top-level domains, or what is wrong with the word. */
export function namesOf(
  text: string,
  tlds: readonly Name[],
): readonly Candidate[] | { readonly problem: string } {
  const parsed = parseName(text);
  if ('problem' in parsed) return parsed;
  if (parsed.name.includes('.') || text.endsWith('.')) return [splitLast(parsed)];
  const names = tlds.map((tld) => join(parsed, tld));
  const long = names.find(({ name }) => name.length > 253);
  return long ? namesOf(long.name, tlds) : names;
}

function join(word: Name, tld: Name): Candidate {
  const different = word.unicode !== undefined || tld.unicode !== undefined;
  const unicode = different ? `${word.unicode ?? word.name}.${tld.unicode ?? tld.name}` : undefined;
  return { name: `${word.name}.${tld.name}`, unicode, word: word.name, tld: tld.name };
}

/**
 * Each source's words under each top-level domain, each name once among the last 100,000.
 *
 * @returns the names of each chunk, which are made as they are pulled.
 */
export async function* names(
  sources: readonly WordSource[],
  tlds: readonly Name[],
): AsyncGenerator<Iterable<Candidate>, void, undefined> {
  const isNew = createRecentlySeen(remembered);
  for (const source of sources) {
    let place = 1;
    for await (const chunk of source.chunks) {
      yield namesOfChunk(chunk, place, source, tlds, isNew);
      place += chunk.length;
    }
  }
}

function* namesOfChunk(
  chunk: readonly string[],
  start: number,
  { minLength, maxLength, reject }: WordSource,
  tlds: readonly Name[],
  isNew: (name: string) => boolean,
): Generator<Candidate, void, undefined> {
  let place = start;
  for (const line of chunk) {
    const text = line.trim();
    const made = text === '' || text.startsWith('#') ? [] : namesOf(text, tlds);
    if ('problem' in made) {
      reject(made.problem, place);
    } else {
      for (const candidate of made) {
        const length = letters(candidate);
        if (length >= minLength && length <= maxLength && isNew(candidate.name)) yield candidate;
      }
    }
    place++;
  }
}

/** Letters of a word as a person counts them: in Unicode, accents included. */
function letters({ word, tld, unicode }: Candidate): number {
  if (unicode === undefined) return word.length;
  const labels = unicode.split('.');
  const typed = labels.slice(0, labels.length - tld.split('.').length).join('.');
  return [...new Intl.Segmenter().segment(typed)].length;
}
