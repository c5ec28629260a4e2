import { InvalidArgumentError } from 'commander';
import type { Server } from '../../dns/transport/index.js';
import { type DomainName, parseName } from '../../names/domain-name.js';
import { maximums } from '../../probe/defaults.js';
import { parseServer, serverForms, serverNames } from '../../probe/servers.js';
import { quoted } from '../../util/printable.js';
import { didYouMean } from './suggestions.js';

/** What completion offers as the value of an option. */
export interface Completion {
  /** Words to choose from; other values may be valid, too. */
  readonly choices?: readonly string[];
  /** Whether several values can be separated by commas. */
  readonly isList?: boolean;
  /** Whether the value is a path. */
  readonly path?: 'file' | 'folder';
}

/** Converts the text of an option's value; throws commander's InvalidArgumentError if it is not valid. */
type ParseValue<Value> = Completion & ((text: string) => Value);

/** Converts the text of an option's value, and adds it to the values before it. */
type ParseList<Value> = Completion & ((text: string, previous?: readonly Value[]) => readonly Value[]);

/** Adds to a new function what completion offers as the value of an option. */
export const completedBy = <Parse extends object>(completion: Completion, parse: Parse): Parse & Completion =>
  Object.assign(parse, completion);

/** A list of comma-separated values. Repeating the option adds to the list. */
export const listOf = <Value>(parse: ParseValue<Value>): ParseList<Value> =>
  completedBy(
    { ...parse, isList: true },
    (text: string, previous: readonly Value[] = []): readonly Value[] => [
      ...previous,
      ...text.split(',').map((item) => parse(item.trim())),
    ],
  );

/** One of a fixed set of words. */
export const oneOf = <Choice extends string>(choices: readonly Choice[]): ParseValue<Choice> =>
  completedBy({ choices }, (text: string): Choice => {
    const choice = choices.find((known) => known === text);
    return choice ?? expected(`one of ${shortened(choices, text)}`, text, choices);
  });

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
export const server: ParseValue<Server> = completedBy(
  { choices: serverNames },
  (text: string): Server => parseServer(text) ?? expected(serverForms, text, serverNames),
);

/** The path of a file. */
export const filePath: ParseValue<string> = completedBy({ path: 'file' }, (path: string) => path);

/** The path of a folder. */
export const folderPath: ParseValue<string> = completedBy({ path: 'folder' }, (path: string) => path);

/** A list of paths of files. Commas do not separate them, because a path may contain one. */
export const filePaths: ParseList<string> = completedBy(
  { path: 'file' },
  (path: string, previous: readonly string[] = []): readonly string[] => [...previous, path],
);

/** A top-level domain or a longer suffix, with or without a leading dot. */
export const suffix: ParseValue<DomainName> = (text) => {
  const parsed = parseName(text.replace(/^\./, ''));
  return 'problem' in parsed ? expected('a domain such as dev or co.uk', text) : parsed;
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
