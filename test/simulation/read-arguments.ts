import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** What `npm run simulate` is asked for. */
export interface SimulateArguments {
  readonly worlds: number;
  readonly seed: number;
  /** In how many worlds a run may fall short without a wrong word. */
  readonly unlucky: number;
}

/** The numbers that are mixed into the seed of a world have 32 bits. */
const seeds = 2 ** 32;

/** Reads arguments. By default, 1,000 worlds are played, from a new seed. Throws an error if they are not as expected. */
export function readArguments(args: readonly string[]): SimulateArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { worlds: { type: 'string' }, seed: { type: 'string' }, unlucky: { type: 'string' } },
  });
  const { worlds = '1000', seed = String(randomInt(seeds)), unlucky = '0' } = values;
  return {
    worlds: wholeNumber('--worlds', worlds, 1),
    seed: wholeNumber('--seed', seed, 0),
    unlucky: wholeNumber('--unlucky', unlucky, 0),
  };
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number < seeds) return number;
  throw new RangeError(`expected a whole number from ${least} to ${seeds - 1} after ${option}, got ${text}`);
}
