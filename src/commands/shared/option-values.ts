import { InvalidArgumentError, type Option } from 'commander';
import { maximums } from '../../probe/defaults.js';
import { quoted } from '../../util/printable.js';
import { didYouMean } from '../../util/suggestions.js';

/** What is known of the values of an option, besides how they are checked. */
export interface ValueHints {
  /** Words to choose from; other values may be valid, too. */
  readonly choices?: readonly string[];
  /** Makes more words for completion, if they are too many to hold ready. */
  readonly moreChoices?: () => readonly string[];
  /** Whether several values can be separated by commas. */
  readonly isList?: boolean;
  /** Whether each value is added to those before it. */
  readonly isRepeatable?: boolean;
}

/** Converts the text of an option's value; throws commander's InvalidArgumentError if it is not valid. */
export type ParseValue<Value> = ValueHints & ((text: string) => Value);

/** Converts the text of an option's value, and adds it to the values before it. */
export type ParseList<Value> = ValueHints & ((text: string, previous?: readonly Value[]) => readonly Value[]);

/** Adds hints to a new function that converts values. */
export const withHints = <Parse extends object>(hints: ValueHints, parse: Parse): Parse & ValueHints =>
  Object.assign(parse, hints);

/** The hints of the function that converts an option's values. */
export const hintsOf = ({ parseArg }: Option): ValueHints => ({ ...parseArg });

/** A list of comma-separated values. Repeating the option adds to the list. */
export const listOf = <Value>(parse: ParseValue<Value>): ParseList<Value> =>
  withHints(
    { ...parse, isList: true, isRepeatable: true },
    (text: string, previous: readonly Value[] = []): readonly Value[] => [
      ...previous,
      ...text.split(',').map((item) => parseItem(parse, item.trim())),
    ],
  );

/** Converts an item of a list. */
function parseItem<Value>(parse: ParseValue<Value>, item: string): Value {
  try {
    return parse(item);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError) || !/\s/.test(item)) throw error;
    throw new InvalidArgumentError(`separate values with commas, without spaces, got ${quoted(item)}`);
  }
}

/** A list of values of which each needs the option again, because they may contain commas. */
export const repeated = <Value>(parse: ParseValue<Value>): ParseList<Value> =>
  withHints({ isRepeatable: true }, (text: string, previous: readonly Value[] = []): readonly Value[] => [
    ...previous,
    parse(text),
  ]);

/**
 * One of a fixed set of words.
 *
 * @param synonyms other words for them, for which the right one is suggested.
 */
export const oneOf = <Choice extends string>(
  choices: readonly Choice[],
  synonyms: Readonly<Record<string, Choice>> = {},
): ParseValue<Choice> =>
  withHints({ choices }, (text: string): Choice => {
    const choice = choices.find((known) => known === text);
    if (choice !== undefined) return choice;
    const word = text.toLowerCase();
    const meant = Object.hasOwn(synonyms, word) ? synonyms[word] : undefined;
    return expected(
      `one of ${shortened(choices, meant ?? text)}`,
      text,
      meant === undefined ? choices : [meant],
      meant,
    );
  });

/** One of a fixed set of words for an option that can also have no value; then it is true. */
export const oneOfOrNone = <Choice extends string>(choices: readonly Choice[]): ParseValue<Choice | true> => {
  const choice = oneOf(choices);
  return withHints({ choices }, (text: string) => text === '' || choice(text));
};

/** The most choices that an error message lists if it can say which one was probably meant. */
const fewChoices = 8;

function shortened(choices: readonly string[], text: string): string {
  const isLong = choices.length > fewChoices && didYouMean(text, choices) !== '';
  return isLong ? `${choices.slice(0, 3).join(', ')}, …` : choices.join(', ');
}

/** A whole number in decimal digits, from `minimum` to `maximum`. */
export const wholeNumber =
  (minimum: number, maximum: number): ParseValue<number> =>
  (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    return expected(`a whole number from ${minimum} to ${maximum}`, text);
  };

/** A time in a unit, above 0 and at most `maximum`, in decimal digits with or without a fraction. */
export const duration =
  (unit: string, maximum: number): ParseValue<number> =>
  (text) => {
    const number = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
    if (number > 0 && number <= maximum) return number;
    return expected(`a number of ${unit} above 0, up to ${maximum}`, text);
  };

/** A time in seconds, at most an hour. */
export const seconds = duration('seconds', maximums.timeout);

/**
 * Rejects the value of an option.
 *
 * @param what describes a valid value, to follow "expected".
 * @param got the value as it was typed.
 * @param choices valid values, of which the one nearest to `near` is suggested.
 */
export function expected(
  what: string,
  got: string,
  choices: readonly string[] = [],
  near: string = got,
): never {
  throw new InvalidArgumentError(`expected ${what}, got ${quoted(got)}${didYouMean(near, choices)}`);
}
