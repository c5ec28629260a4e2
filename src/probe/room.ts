import type { Prober } from './prober.js';

/** The most names that wait for canaries, and make room for others. */
const maximumWaiting = 10_000;

/**
 * Computes how many names there may be at once: those that are asked for, and those that have been answered and only wait for canaries.
 *
 * @param concurrency the most names that are asked for at once.
 */
export const roomFor = (
  { capacity, waiting }: Pick<Prober, 'capacity' | 'waiting'>,
  concurrency: number,
): number => Math.min(concurrency, capacity()) + Math.min(waiting(), maximumWaiting);
