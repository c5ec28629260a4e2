import { InvalidArgumentError, type Option } from 'commander';
import { type DomainName, parseName } from '../../names/domain-name.js';
import { createPattern, type Pattern } from '../../names/pattern/index.js';
import { type Group, groupNames, topLevelDomainsOf } from '../../names/top-level-domains/index.js';
import { maximums } from '../../probe/defaults.js';
import { parseServerChoice, type ServerChoice, serverForms, serverNames } from '../../probe/servers.js';
import { quoted } from '../../util/printable.js';
import { didYouMean } from './suggestions.js';

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
type ParseValue<Value> = ValueHints & ((text: string) => Value);

/** Converts the text of an option's value, and adds it to the values before it. */
type ParseList<Value> = ValueHints & ((text: string, previous?: readonly Value[]) => readonly Value[]);

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
      ...text.split(',').map((item) => parse(item.trim())),
    ],
  );

/** One of a fixed set of words. */
export const oneOf = <Choice extends string>(choices: readonly Choice[]): ParseValue<Choice> =>
  withHints({ choices }, (text: string): Choice => {
    const choice = choices.find((known) => known === text);
    return choice ?? expected(`one of ${shortened(choices, text)}`, text, choices);
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

/** Reads a number in decimal digits, with or without a fraction; `NaN` if it is not one. */
const decimal = (text: string): number => (/^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN);

/** A time in seconds, above 0 and at most an hour. Decimal fractions are allowed. */
export const seconds: ParseValue<number> = (text) => {
  const number = decimal(text);
  return number > 0 && number <= maximums.timeout
    ? number
    : expected(`a number of seconds above 0, up to ${maximums.timeout}`, text);
};

/** The most minutes that `minutes` accepts: a week. */
const maximumMinutes = 7 * 24 * 60;

/** A time in minutes, above 0 and at most a week. Decimal fractions are allowed. */
export const minutes: ParseValue<number> = (text) => {
  const number = decimal(text);
  return number > 0 && number <= maximumMinutes
    ? number
    : expected(`a number of minutes above 0, up to ${maximumMinutes}`, text);
};

/** A name server. */
export const server: ParseValue<ServerChoice> = withHints(
  { choices: serverNames },
  (text: string): ServerChoice => parseServerChoice(text) ?? expected(serverForms, text, serverNames),
);

/** A list of paths of files. Commas do not separate them, because a path may contain one. */
export const filePaths: ParseList<string> = withHints(
  { isRepeatable: true },
  (path: string, previous: readonly string[] = []): readonly string[] => [...previous, path],
);

/** A top-level domain or a longer suffix, with or without a leading dot. */
export const suffix: ParseValue<DomainName> = (text) => {
  const parsed = parseName(text.replace(/^\./, ''));
  return 'problem' in parsed ? expected('a domain such as dev or co.uk', text) : parsed;
};

/** Nobody types the ASCII form of an internationalized name. */
const isLegible = (name: string): boolean => !name.startsWith('xn--');

/** A domain or, without a leading dot, a group of domains. */
export const suffixOrGroup: ParseValue<DomainName | Group> = withHints(
  { choices: groupNames, moreChoices: () => topLevelDomainsOf('all').filter(isLegible) },
  (text: string) => groupNames.find((group) => group === text.toLowerCase()) ?? suffix(text),
);

/** A list of patterns that stand for words. Commas do not separate them, because a pattern may contain one. */
export const patterns: ParseList<Pattern> = withHints(
  { isRepeatable: true },
  (text: string, previous: readonly Pattern[] = []): readonly Pattern[] => {
    const created = createPattern(text);
    if ('problem' in created) throw new InvalidArgumentError(created.problem);
    return [...previous, created];
  },
);

/** A word without a dot, which becomes a part of names. */
export const label: ParseValue<DomainName> = (text) => {
  const parsed = parseName(text);
  return 'name' in parsed && !parsed.name.includes('.') ? parsed : expected('a word without a dot', text);
};

/**
 * Rejects the value of an option.
 *
 * @param what describes a valid value, to follow "expected".
 * @param got the value as it was typed.
 * @param choices valid values, of which the nearest is suggested.
 */
export function expected(what: string, got: string, choices: readonly string[] = []): never {
  throw new InvalidArgumentError(`expected ${what}, got ${quoted(got)}${didYouMean(got, choices)}`);
}
