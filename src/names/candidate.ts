import { type DomainName, type Problem, parseName } from './domain-name.js';

/** A name to be probed, and the parts that it was made from. */
export interface Candidate {
  /** The domain name: lower case, in its ASCII form (RFC 5890 A-labels). */
  readonly name: string;
  /** The same name in Unicode, if that differs. */
  readonly unicode?: string | undefined;
  /** The name without its top-level domain. */
  readonly word: string;
  /** The suffix that was added to the word, such as `dev` or `co.uk`; for a whole name, its last label. */
  readonly tld: string;
}

/** Candidates in batches, as they become known. */
export type Batches = AsyncIterable<Iterable<Candidate>>;

/** Parses a whole name; its last label is its top-level domain. */
export function parseWholeName(text: string): Candidate | Problem {
  const parsed = parseName(text);
  return 'problem' in parsed ? parsed : splitLastLabel(parsed);
}

/** Splits a whole name before its last label. */
export function splitLastLabel({ name, unicode }: DomainName): Candidate {
  const dot = name.lastIndexOf('.');
  return { name, unicode, word: name.slice(0, Math.max(dot, 0)), tld: name.slice(dot + 1) };
}

/** Joins a word and a domain. */
export function joinName(word: DomainName, tld: DomainName): Candidate {
  const differs = word.unicode !== undefined || tld.unicode !== undefined;
  const unicode = differs ? `${word.unicode ?? word.name}.${tld.unicode ?? tld.name}` : undefined;
  return { name: `${word.name}.${tld.name}`, unicode, word: word.name, tld: tld.name };
}
