import { type Candidate, joinName, splitLastLabel } from './candidate.js';
import { type DomainName, maximumNameLength, type Problem, parseName } from './domain-name.js';

/** How words become candidates. */
export interface ExpansionOptions {
  /** The domains that are appended to words or, for domain hacks, that words may end in. */
  readonly tlds: readonly DomainName[];
  /** Whether words are split before a domain that they end in, instead of having domains appended. */
  readonly hack: boolean;
  /** Put before words; words are also tried without them. */
  readonly prefixes: readonly DomainName[];
  /** Put after words; words are also tried without them. */
  readonly suffixes: readonly DomainName[];
}

/** A word or a whole name that has been parsed. */
export interface ParsedWord extends DomainName {
  /** Whether it has a dot: then it is a candidate itself, and has no others. */
  readonly isWhole: boolean;
}

/** Makes the candidates of a word. It has none if it is to be split before a domain and cannot be. */
export type Expand = (word: ParsedWord) => readonly Candidate[] | Problem;

/** Parses a word or a whole name. */
export function parseWord(text: string): ParsedWord | Problem {
  const parsed = parseName(text);
  if ('problem' in parsed) return parsed;
  const { name, unicode } = parsed;
  return { name, unicode, isWhole: name.includes('.') || text.endsWith('.') };
}

/** Creates a function that makes the candidates of words. */
export function createExpansion({ tlds, hack, prefixes, suffixes }: ExpansionOptions): Expand {
  const finish = hack ? createHacks(tlds) : (word: DomainName) => underDomains(word, tlds);
  const isPlain = prefixes.length + suffixes.length === 0;
  return (word) => {
    if (word.isWhole) return [splitLastLabel(word)];
    if (isPlain) return finish(word);
    const candidates: Candidate[] = [];
    for (const text of withAffixes(word, prefixes, suffixes)) {
      const joined = parseName(text);
      const made = 'problem' in joined ? joined : finish(joined);
      if ('problem' in made) return made;
      candidates.push(...made);
    }
    return candidates;
  };
}

const textOf = ({ name, unicode }: DomainName): string => unicode ?? name;

function withAffixes(
  word: DomainName,
  prefixes: readonly DomainName[],
  suffixes: readonly DomainName[],
): readonly string[] {
  const text = textOf(word);
  return [
    text,
    ...prefixes.map((prefix) => textOf(prefix) + text),
    ...suffixes.map((suffix) => text + textOf(suffix)),
  ];
}

function underDomains(word: DomainName, tlds: readonly DomainName[]): readonly Candidate[] | Problem {
  const candidates = tlds.map((tld) => joinName(word, tld));
  const tooLong = candidates.find(({ name }) => name.length > maximumNameLength);
  if (tooLong === undefined) return candidates;
  // Parsing the long name gives the message.
  const parsed = parseName(tooLong.name);
  return 'problem' in parsed ? parsed : candidates;
}

/** Splits words before each domain that they end in, compared in Unicode; the shortest domain comes first. */
function createHacks(tlds: readonly DomainName[]): (word: DomainName) => readonly Candidate[] {
  const endings = new Map(tlds.map((tld) => [textOf(tld), tld]));
  const longest = Math.max(...tlds.map((tld) => textOf(tld).length));
  return (word) => {
    const text = textOf(word);
    const candidates: Candidate[] = [];
    for (let length = 1; length <= Math.min(longest, text.length - 1); length++) {
      const tld = endings.get(text.slice(-length));
      const front = tld && parseName(text.slice(0, -length));
      if (front && 'name' in front) candidates.push(joinName(front, tld));
    }
    return candidates;
  };
}
