import type { Batches, Candidate } from '../../names/candidate.js';
import { inBatches } from '../../util/as-completed.js';
import { mapBatches } from '../../util/map-batches.js';
import { onAbort } from '../../util/on-abort.js';
import type { Context } from './context.js';

/**
 * Yields the same candidates again and again. They are read once, in the first round, and remembered.
 *
 * @param interval milliseconds from the start of a round to the start of the next one, which follows at once if the round
 * takes longer; undefined for a single round.
 * @param onWait is called with the time of the next round before each wait, and with undefined after it.
 * @throws the signal's reason if it aborts while waiting.
 */
export async function* roundsOf(
  candidates: Batches,
  interval: number | undefined,
  onWait: (until: Date | undefined) => void,
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
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
    const startedAt = clock.date().getTime();
    yield round;
    const now = clock.date().getTime();
    // The clock may have been set meanwhile.
    const wait = Math.min(Math.max(startedAt + interval - now, 0), interval);
    onWait(new Date(now + wait));
    try {
      await sleep(wait, clock, signal);
    } finally {
      onWait(undefined);
    }
    round = inBatches(remembered);
  }
}

/** Resolves after a number of milliseconds; rejects with the signal's reason as soon as it aborts. */
function sleep(milliseconds: number, { setTimer }: Context['clock'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = setTimer(milliseconds, () => {
      forget();
      resolve();
    });
    const forget = onAbort(signal, () => {
      cancel();
      reject(signal.reason);
    });
  });
}
