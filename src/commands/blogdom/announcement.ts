import type { Count } from '../../names/count.js';
import { describeDuration, grouped } from '../../util/quantity.js';
import type { Options } from './options.js';

/** Runs of up to this many names are not announced. */
const fewNames = 10_000;
/** Names a second that a nearby server answers easily. */
const usualRate = 10_000;

/**
 * Announces a run of many names: how many there are, and about how long it will take.
 *
 * @returns undefined if there are few names.
 */
export function announcementOf(
  { names, isEstimate }: Count,
  { rate, confirm }: Pick<Options, 'rate' | 'confirm'>,
): string | undefined {
  if (names <= fewNames) return undefined;
  const amount = `${isEstimate ? 'about ' : ''}${grouped(names)} names`;
  const isLimited = rate !== undefined && rate < usualRate;
  const speed = isLimited ? rate : usualRate;
  const time = `about ${describeDuration(names / speed)} at ${grouped(speed)} ${isLimited ? 'queries' : 'names'} a second`;
  return `${amount}: ${time}${confirm === undefined ? '' : ', and longer for the registries'}`;
}
