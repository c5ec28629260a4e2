import { quoted } from '../../util/printable.js';

/** What is wrong with a pattern, and where. It is thrown to end parsing. */
export class PatternError extends Error {
  /** The index of the character. */
  readonly position: number;

  constructor(position: number, reason: string) {
    super(reason);
    this.position = position;
  }
}

/** Describes an error, with the character and its number from 1. */
export function describePatternError(
  { position, message }: PatternError,
  characters: readonly string[],
): string {
  const character = characters[position];
  return character === undefined ? message : `${quoted(character)} (character ${position + 1}) ${message}`;
}
