import { InvalidArgumentError } from 'commander';
import type { Server } from '../../dns/transport/index.js';
import { type DomainName, parseName } from '../../names/domain-name.js';
import { maximums } from '../../probe/defaults.js';
import { parseServer, serverForms } from '../../probe/servers.js';
import { quoted } from '../../util/printable.js';

/** Converts the text of an option's value; throws commander's InvalidArgumentError if it is not valid. */
type ParseValue<Value> = (text: string) => Value;

/** A list of comma-separated values. Repeating the option adds to the list. */
export const listOf =
  <Value>(parse: ParseValue<Value>) =>
  (text: string, previous: readonly Value[] = []): readonly Value[] => [
    ...previous,
    ...text.split(',').map((item) => parse(item.trim())),
  ];

/** One of a fixed set of words. */
export const oneOf =
  <Choice extends string>(choices: readonly Choice[]): ParseValue<Choice> =>
  (text) => {
    const choice = choices.find((known) => known === text);
    return choice ?? expected(`one of ${choices.join(', ')}`, text);
  };

/** A whole number in decimal digits, from `minimum` to `maximum`. */
export const wholeNumber =
  (minimum: number, maximum: number): ParseValue<number> =>
  (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    return expected(`a whole number from ${minimum} to ${maximum}`, text);
  };

/** A time in seconds, above 0 and at most an hour. Decimal fractions are allowed. */
export const seconds: ParseValue<number> = (text) => {
  const number = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  return number > 0 && number <= maximums.timeout
    ? number
    : expected(`a number of seconds above 0, up to ${maximums.timeout}`, text);
};

/** A name server. */
export const server: ParseValue<Server> = (text) => parseServer(text) ?? expected(serverForms, text);

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
 */
export function expected(what: string, got: string): never {
  throw new InvalidArgumentError(`expected ${what}, got ${quoted(got)}`);
}
