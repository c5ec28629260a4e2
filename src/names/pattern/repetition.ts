import { maximumLabelLength } from '../domain-name.js';
import { PatternError } from './pattern-error.js';

/** How often a part of a pattern is repeated. */
export interface Repetition {
  readonly minimum: number;
  readonly maximum: number;
  /** The index of the character after it. */
  readonly end: number;
}

/** `{3}`, `{2,3}`, and forms that others use; anything else in braces is a list of texts. */
const syntax = /^\{(\d*)(,?)(\d*)\}/;

/**
 * Reads a repetition; returns undefined if there is none at that place.
 *
 * @throws {PatternError} if it is not possible.
 */
export function parseRepetition(characters: readonly string[], start: number): Repetition | undefined {
  // No repetition that is valid is longer.
  const [whole, first = '', comma, second = ''] =
    syntax.exec(characters.slice(start, start + 12).join('')) ?? [];
  if (whole === undefined || first + second === '') return undefined;
  if (first === '')
    throw new PatternError(start, `is not clear: write {0,${second}} to repeat, or {,[${second}]}`);
  if (comma !== '' && second === '') throw new PatternError(start, 'would make it endless');
  const minimum = Number(first);
  const maximum = comma === '' ? minimum : Number(second);
  if (maximum < minimum) throw new PatternError(start, 'begins a repetition that counts backwards');
  if (maximum > maximumLabelLength)
    throw new PatternError(start, `repeats more than ${maximumLabelLength} times, the length of a label`);
  if (maximum === 0) throw new PatternError(start, 'repeats nothing');
  return { minimum, maximum, end: start + whole.length };
}
