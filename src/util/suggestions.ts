import distance from 'damerau-levenshtein';

/**
 * Finds the choice that was probably meant: one that begins with the text, or else the one with the smallest
 * Damerau-Levenshtein distance, which counts two exchanged letters as one edit.
 *
 * @returns undefined if no choice is near.
 */
export function nearest(text: string, choices: readonly string[]): string | undefined {
  const typed = text.toLowerCase();
  const [best] = choices
    .map((choice) => ({ choice, edits: distance(typed, choice.toLowerCase()).steps }))
    .filter(({ choice, edits }) => edits < choice.length && edits <= mostEdits(typed, choice))
    .toSorted((a, b) => a.edits - b.edits);
  if (typed.length < 2 || (best && best.edits <= 1)) return best?.choice;
  return choices.find((choice) => choice.toLowerCase().startsWith(typed)) ?? best?.choice;
}

/** Returns `: did you mean CHOICE?`, to follow an error message; an empty text if no choice is near. */
export function didYouMean(text: string, choices: readonly string[]): string {
  const meant = nearest(text, choices);
  return meant === undefined ? '' : `: did you mean ${meant}?`;
}

/** One edit for every three letters; with more, it would be another word. */
const mostEdits = (typed: string, choice: string): number =>
  Math.min(3, Math.max(1, Math.floor(Math.max(typed.length, choice.length) / 3)));
