/** A part of a pattern: it stands for some texts, or for sequences of other parts. */
export type Part = { readonly texts: readonly string[] } | { readonly alternatives: readonly Sequence[] };

/** Parts that follow each other. */
export type Sequence = readonly Part[];

/** Returns how many words a sequence stands for. */
export const countSequence = (sequence: Sequence): number =>
  sequence.reduce((product, part) => product * countPart(part), 1);

/** Returns how many texts a part stands for. */
export const countPart = (part: Part): number =>
  'texts' in part
    ? part.texts.length
    : part.alternatives.reduce((sum, alternative) => sum + countSequence(alternative), 0);

/** Repeats a part: a sequence of it for each number of times from `minimum` to `maximum`. */
export const repeated = (part: Part, minimum: number, maximum: number): Part => ({
  alternatives: Array.from({ length: maximum - minimum + 1 }, (_, index) =>
    Array.from({ length: minimum + index }, () => part),
  ),
});
