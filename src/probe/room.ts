import type { Prober } from './prober.js';

/** The most names waiting for canaries that are not counted as in flight. */
const maximumWaiting = 10_000;

/**
 * Computes how many names may be unfinished at once: those in flight, and those that have been answered and wait for canaries.
 *
 * @param concurrency the most names that are asked for at once.
 */
export const roomFor = (
  { capacity, waiting }: Pick<Prober, 'capacity' | 'waiting'>,
  concurrency: number,
): number => Math.min(concurrency, capacity()) + Math.min(waiting(), maximumWaiting);
