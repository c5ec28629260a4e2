import type { Random } from '../../util/random.js';

/** The first and the longest pause, in milliseconds. Each pause is twice as long as the one before. */
const firstPause = 50;
const longestPause = 1000;

/**
 * Computes the pause after a failure, with jitter, so that many clients do not try again at the same moment.
 *
 * @param earlier how many pauses came before this one.
 * @returns milliseconds.
 */
export const backOff = (earlier: number, random: Pick<Random, 'fraction'>): number =>
  Math.min(firstPause * 2 ** earlier, longestPause) * (0.5 + random.fraction());
