/** The reserved words of one language, in its own spelling and letter case. */
export interface WordList {
  /** The day on which the list was collected. */
  readonly collected: string;
  /** Words that are reserved everywhere. */
  readonly hard: readonly string[];
  /** Words that are reserved only in some contexts or modes, or for the future. No hard word is among them. */
  readonly soft: readonly string[];
}

/** Splits words at white space, so that a list can be written as a compact block of text. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
