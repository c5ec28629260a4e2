import { setTimeout } from 'node:timers/promises';
import type { Candidate } from '../../names/candidate.js';
import { inBatches } from '../../util/as-completed.js';
import { mapBatches } from '../../util/map-batches.js';
import type { Batches } from './probe-all.js';

/** Tells the time, and waits. */
export interface Clock {
  now(): Date;
  /**
   * Resolves after a number of milliseconds.
   *
   * @throws an error as soon as the signal aborts.
   */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The clock of the system. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};

/**
 * Yields the same candidates again and again. They are read once, in the first round, and remembered.
 *
 * @param interval milliseconds from the start of a round to the start of the next one, which follows at once if the round
 * takes longer; undefined for a single round.
 * @param onWait is called with the time of the next round before each wait, and with undefined after it.
 * @param signal ends waiting.
 * @throws an error if the signal aborts while waiting.
 */
export async function* roundsOf(
  candidates: Batches,
  interval: number | undefined,
  clock: Clock,
  onWait: (until: Date | undefined) => void,
  signal: AbortSignal,
): AsyncGenerator<Batches, void, undefined> {
  if (interval === undefined) {
    yield candidates;
    return;
  }
  const remembered: Candidate[] = [];
  let round: Batches = mapBatches(candidates, (candidate) => {
    remembered.push(candidate);
    return candidate;
  });
  for (;;) {
    const startedAt = clock.now().getTime();
    yield round;
    const now = clock.now().getTime();
    // The clock may have been set meanwhile.
    const wait = Math.min(Math.max(startedAt + interval - now, 0), interval);
    onWait(new Date(now + wait));
    try {
      await clock.sleep(wait, signal);
    } finally {
      onWait(undefined);
    }
    round = inBatches(remembered);
  }
}
