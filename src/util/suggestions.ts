import distance from 'damerau-levenshtein';

/**
 * Finds the choice that was probably meant: one that begins with the text, or else the one with the smallest
 * Damerau-Levenshtein distance, which counts two exchanged letters as one edit, or else one that has the text in it.
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
  const begins = choices.find((choice) => choice.toLowerCase().startsWith(typed));
  return begins ?? best?.choice ?? choices.find((choice) => isWithin(typed, choice));
}

/** Whether a text is a part of a choice. Shorter ones are in many. */
const isWithin = (typed: string, choice: string): boolean =>
  typed.length > 3 && choice.toLowerCase().includes(typed);

/** Returns `: did you mean CHOICE?`, to follow an error message; an empty text if no choice is near. */
export function didYouMean(text: string, choices: readonly string[]): string {
  const meant = nearest(text, choices);
  return meant === undefined ? '' : `: did you mean ${meant}?`;
}

/** One edit for every three letters; with more, it would be another word. */
const mostEdits = (typed: string, choice: string): number =>
  Math.min(3, Math.max(1, Math.floor(Math.max(typed.length, choice.length) / 3)));
