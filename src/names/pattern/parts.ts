/** A part of a pattern: it stands for some texts, or for sequences of other parts. */
export type Part = Size &
  ({ readonly texts: readonly string[] } | { readonly alternatives: readonly Sequence[] });

/** Parts that follow each other. */
export type Sequence = readonly Part[];

/** How large a part is. It is kept, because a pattern that repeats what is repeated has few parts that stand for many. */
interface Size {
  /** How many texts it stands for. */
  readonly count: number;
  /** The most parts that make one of them. */
  readonly length: number;
}

/** Creates a part that stands for texts. */
export const oneOfTexts = (texts: readonly string[]): Part => ({ texts, count: texts.length, length: 1 });

/** Creates a part that stands for sequences. */
export const oneOfSequences = (alternatives: readonly Sequence[]): Part => ({
  alternatives,
  count: alternatives.reduce((sum, alternative) => sum + countSequence(alternative), 0),
  length: 1 + alternatives.reduce((most, alternative) => Math.max(most, lengthOf(alternative)), 0),
});

/** Returns how many words a sequence stands for. */
export const countSequence = (sequence: Sequence): number =>
  sequence.reduce((product, { count }) => product * count, 1);

/** Returns the most parts that make one of the words of a sequence. */
const lengthOf = (sequence: Sequence): number => sequence.reduce((sum, { length }) => sum + length, 0);

/** Repeats a part: a sequence of it for each number of times from `minimum` to `maximum`. */
export const repeated = (part: Part, minimum: number, maximum: number): Part =>
  oneOfSequences(
    Array.from({ length: maximum - minimum + 1 }, (_, index) =>
      Array.from({ length: minimum + index }, () => part),
    ),
  );
