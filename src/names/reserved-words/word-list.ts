/** The reserved words of one language, in the letter case and the spelling of the language itself. */
export interface WordList {
  /** Words that the language reserves everywhere. */
  readonly hard: readonly string[];
  /** Words with a meaning in some places or modes only, or reserved for the future; none of the hard ones. */
  readonly soft: readonly string[];
}

/** Takes words separated by white space, so that a list stays a compact block of text, and returns them. */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
