import { quoted } from '../../util/printable.js';
import type { Problem } from '../domain-name.js';

/** A part of a pattern: it stands for some texts, or for sequences of other parts. */
export type Part = { readonly texts: readonly string[] } | { readonly alternatives: readonly Sequence[] };

/** Parts that follow each other. */
export type Sequence = readonly Part[];

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const digits = [...'0123456789'];

/** The most characters in a range, such as `a-z`. */
const maximumRange = 1000;

/** The form of a pattern, for messages. */
const form = 'a pattern of letters, digits, hyphens, ? for a letter, # for a digit, [a-z] and {one,two}';

/** Thrown to end parsing, and caught in this file. */
class PatternError extends Error {
  readonly position: number;

  constructor(position: number, reason: string) {
    super(reason);
    this.position = position;
  }
}

/**
 * Parses a pattern: `?` is a letter from a to z, `#` a digit, `[aeiou]` and `[a-z]` one of the characters, `{ing,ne}` one of
 * the texts, which may be patterns themselves. All other characters stand for themselves.
 *
 * @returns the parsed pattern, or what is wrong with it and where.
 */
export function parsePattern(text: string): Sequence | Problem {
  const characters = [...text];
  try {
    const [sequence, end] = parseSequence(characters, 0, false);
    if (end < characters.length) throw new PatternError(end, 'has no "{" before it');
    if (sequence.length === 0) throw new PatternError(0, 'it is empty');
    return sequence;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { problem: `expected ${form}, got ${quoted(text)}: ${describe(error, characters)}` };
  }
}

function describe({ position, message }: PatternError, characters: readonly string[]): string {
  const character = characters[position];
  return character === undefined ? message : `${quoted(character)} (character ${position + 1}) ${message}`;
}

/** Parses up to the end or, within braces, up to a comma or a closing brace. Returns where it stopped. */
function parseSequence(
  characters: readonly string[],
  start: number,
  isInBraces: boolean,
): readonly [Sequence, number] {
  const parts: Part[] = [];
  let position = start;
  for (;;) {
    const character = characters[position];
    if (character === undefined || character === '}' || (isInBraces && character === ',')) break;
    const [part, next] = parsePart(characters, position, character);
    parts.push(part);
    position = next;
  }
  return [parts, position];
}

function parsePart(
  characters: readonly string[],
  position: number,
  character: string,
): readonly [Part, number] {
  if (character === '?') return [{ texts: letters }, position + 1];
  if (character === '#') return [{ texts: digits }, position + 1];
  if (character === '[') return parseClass(characters, position);
  if (character === '{') return parseBraces(characters, position);
  if (character === '*' || character === '+') throw new PatternError(position, 'would make it endless');
  return [{ texts: [literal(characters, position)] }, position + 1];
}

/** Returns a character that stands for itself. What else is wrong with a name shows when it is parsed as one. */
function literal(characters: readonly string[], position: number): string {
  const character = characters[position] ?? '';
  if (!/^[\p{L}\p{M}\p{N}.-]$/u.test(character))
    throw new PatternError(position, 'cannot be in a name and means nothing in a pattern');
  return character;
}

function parseBraces(characters: readonly string[], start: number): readonly [Part, number] {
  const alternatives: Sequence[] = [];
  let position = start;
  do {
    const [sequence, end] = parseSequence(characters, position + 1, true);
    alternatives.push(sequence);
    position = end;
  } while (characters[position] === ',');
  if (characters[position] !== '}') throw new PatternError(start, 'has no "}" after it');
  return [{ alternatives }, position + 1];
}

function parseClass(characters: readonly string[], start: number): readonly [Part, number] {
  const texts = new Set<string>();
  let position = start + 1;
  for (;;) {
    const character = characters[position];
    if (character === undefined) throw new PatternError(start, 'has no "]" after it');
    if (character === ']') break;
    if (character === '^' && position === start + 1)
      throw new PatternError(position, 'is not possible: list the characters that are wanted');
    const isRange = characters[position + 1] === '-' && (characters[position + 2] ?? ']') !== ']';
    if (isRange) for (const each of rangeOf(characters, position)) texts.add(each);
    else texts.add(literal(characters, position));
    position += isRange ? 3 : 1;
  }
  if (texts.size === 0) throw new PatternError(start, 'has nothing before its "]"');
  return [{ texts: [...texts] }, position + 1];
}

function rangeOf(characters: readonly string[], position: number): readonly string[] {
  const first = literal(characters, position).codePointAt(0) ?? 0;
  const last = literal(characters, position + 2).codePointAt(0) ?? 0;
  if (last < first) throw new PatternError(position, 'begins a range that runs backwards');
  if (last - first >= maximumRange)
    throw new PatternError(position, `begins a range of more than ${maximumRange} characters`);
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}
