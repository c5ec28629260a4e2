import { InvalidArgumentError } from 'commander';
import type { Server } from '../../dns/transport/transport.js';
import { type DomainName, parseName } from '../../names/domain-name.js';
import { maximums } from '../../probe/defaults.js';
import { parseServer, serverForms } from '../../probe/servers.js';
import { quoted } from '../../util/printable.js';

/** Stands before what was expected, behind what commander says, which quotes the argument: no argument holds it. */
export const separator = '\0';

/** Reads one value of an option; throws commander's error where it is none. */
type Read<Value> = (text: string) => Value;

/** For an option that takes a LIST: comma-separated, repeated, or both. */
export const listOf =
  <Value>(read: Read<Value>) =>
  (text: string, previous: readonly Value[] = []): readonly Value[] => [
    ...previous,
    ...text.split(',').map((item) => read(item.trim())),
  ];

/** One of some fixed words. */
export const oneOf =
  <Choice extends string>(choices: readonly Choice[]): Read<Choice> =>
  (text) => {
    const choice = choices.find((candidate) => candidate === text);
    return choice ?? expected(`one of ${choices.join(', ')}`, text);
  };

/** A whole number within bounds. */
export const wholeNumber =
  (minimum: number, maximum: number): Read<number> =>
  (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    return expected(`a whole number from ${minimum} to ${maximum}`, text);
  };

/** Seconds above 0. */
export const seconds: Read<number> = (text) => {
  const number = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  return number > 0 && number <= maximums.timeout
    ? number
    : expected(`seconds above 0, up to ${maximums.timeout}`, text);
};

/** A name server. */
export const server: Read<Server> = (text) => parseServer(text) ?? expected(serverForms, text);

/** A top-level domain or a longer suffix, with or without a leading dot. */
export const suffix: Read<DomainName> = (text) => {
  const parsed = parseName(text.replace(/^\./, ''));
  return 'problem' in parsed ? expected('a domain such as dev or co.uk', text) : parsed;
};

/** What a `Read` throws. */
export function expected(what: string, got: string): never {
  throw new InvalidArgumentError(`${separator}expected ${what}, got ${quoted(got)}`);
}
