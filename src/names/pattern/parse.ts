import { quoted } from '../../util/printable.js';
import { grouped } from '../../util/quantity.js';
import type { Problem } from '../domain-name.js';
import { oneOfSequences, oneOfTexts, type Part, repeated, type Sequence } from './parts.js';
import { describePatternError, PatternError } from './pattern-error.js';
import { parseRepetition } from './repetition.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const digits = [...'0123456789'];

/** The most characters in a range, such as `a-z`. */
const maximumRange = 1000;

/** The words are numbered, and larger whole numbers are not exact. */
const maximumCount = Number.MAX_SAFE_INTEGER;

/** The most parts that make a word. A name has at most 253 characters; braces and empty texts are parts, too. */
const maximumLength = 2000;

/** The most braces within each other. */
const maximumDepth = 50;

/** What a pattern may contain, for messages. */
const form =
  'a pattern of letters, digits, hyphens, ? for a letter, # for a digit, [a-z], {one,two} and {3} to repeat';

/**
 * Parses a pattern: `?` is a letter from a to z, `#` a digit, `[aeiou]` and `[a-z]` one of the characters, `{ing,ne}` one of
 * the texts, which may be patterns themselves. `{3}` or `{2,3}` repeats what is before it. All other characters stand for themselves.
 *
 * @returns the parsed pattern, or what is wrong with it and where.
 */
export function parsePattern(text: string): Sequence | Problem {
  const characters = [...text];
  try {
    const [sequence, end] = parseSequence(characters, 0, 0);
    if (end < characters.length) throw new PatternError(end, 'has no "{" before it');
    if (sequence.length === 0) throw new PatternError(0, 'it is empty');
    return sequence;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { problem: `expected ${form}, got ${quoted(text)}: ${describePatternError(error, characters)}` };
  }
}

/**
 * Parses up to the end or, within braces, up to a comma or a closing brace. Returns where it stopped.
 *
 * @param depth the number of braces around it.
 */
function parseSequence(
  characters: readonly string[],
  start: number,
  depth: number,
): readonly [Sequence, number] {
  const parts: Part[] = [];
  let count = 1;
  let length = 0;
  let position = start;
  for (;;) {
    const character = characters[position];
    if (character === undefined || character === '}' || (depth > 0 && character === ',')) break;
    const [part, next] = parseRepeated(characters, position, character, depth);
    count *= part.count;
    length += part.length;
    if (count > maximumCount)
      throw new PatternError(position, `makes more than ${grouped(maximumCount)} words`);
    if (length > maximumLength) throw new PatternError(position, 'makes words that are too long for a name');
    parts.push(part);
    position = next;
  }
  return [parts, position];
}

/** Parses a part, and the repetition after it if there is one. */
function parseRepeated(
  characters: readonly string[],
  start: number,
  character: string,
  depth: number,
): readonly [Part, number] {
  if (parseRepetition(characters, start))
    throw new PatternError(start, 'has nothing before it to repeat: as text, a digit is 3 or [3]');
  const [part, end] = parsePart(characters, start, character, depth);
  const repetition = parseRepetition(characters, end);
  if (!repetition) return [part, end];
  if (parseRepetition(characters, repetition.end))
    throw new PatternError(repetition.end, 'repeats what is repeated already');
  if (part.length * repetition.maximum > maximumLength)
    throw new PatternError(end, 'makes words that are too long for a name');
  return [repeated(part, repetition.minimum, repetition.maximum), repetition.end];
}

function parsePart(
  characters: readonly string[],
  position: number,
  character: string,
  depth: number,
): readonly [Part, number] {
  if (character === '?') return [oneOfTexts(letters), position + 1];
  if (character === '#') return [oneOfTexts(digits), position + 1];
  if (character === '[') return parseClass(characters, position);
  if (character === '{') return parseBraces(characters, position, depth + 1);
  if (character === '*' || character === '+') throw new PatternError(position, 'would make it endless');
  return [oneOfTexts([literal(characters, position)]), position + 1];
}

/** Returns a character that stands for itself. What else is wrong with a name shows when it is parsed as one. */
function literal(characters: readonly string[], position: number): string {
  const character = characters[position] ?? '';
  if (!/^[\p{L}\p{M}\p{N}.-]$/u.test(character))
    throw new PatternError(position, 'cannot be in a name and means nothing in a pattern');
  return character;
}

function parseBraces(characters: readonly string[], start: number, depth: number): readonly [Part, number] {
  if (depth > maximumDepth) throw new PatternError(start, `is within more than ${maximumDepth} other braces`);
  const alternatives: Sequence[] = [];
  let position = start;
  do {
    const [sequence, end] = parseSequence(characters, position + 1, depth);
    alternatives.push(sequence);
    position = end;
  } while (characters[position] === ',');
  if (characters[position] !== '}') throw new PatternError(start, 'has no "}" after it');
  return [oneOfSequences(alternatives), position + 1];
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
  return [oneOfTexts([...texts]), position + 1];
}

function rangeOf(characters: readonly string[], position: number): readonly string[] {
  const first = literal(characters, position).codePointAt(0) ?? 0;
  const last = literal(characters, position + 2).codePointAt(0) ?? 0;
  if (last < first) throw new PatternError(position, 'begins a range that runs backwards');
  if (last - first >= maximumRange)
    throw new PatternError(position, `begins a range of more than ${maximumRange} characters`);
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
}
