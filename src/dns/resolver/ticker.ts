import type { CancelTimer, Clock } from '../../util/clock.js';

/** Calls a function at regular intervals. */
export interface Ticker {
  /** Makes sure that there is a next tick. */
  start(): void;
  stop(): void;
}

/** A tick that is this late, in intervals, comes after the process was busy: replies may wait to be read. */
const tolerableDelay = 1.5;
/** Late ticks in a row that are said to be late: a program that is busy all the time must not stop the clock. */
const maximumLate = 2;

/**
 * Creates a ticker.
 *
 * @param interval milliseconds from one tick to the next, or from the start to the first.
 * @param tick is called after the sockets have been read. It is told whether it comes too late, so that some replies may still wait
 * to be read. It returns whether there is to be another one.
 */
export function createTicker(clock: Clock, interval: number, tick: (isLate: boolean) => boolean): Ticker {
  let cancelTimer: CancelTimer | undefined;
  let startedAt = 0;
  let late = 0;

  const run = () => {
    // The ticker may have been stopped in this turn.
    if (cancelTimer === undefined) return;
    const isLate = clock.now() - startedAt >= (1 + tolerableDelay) * interval;
    late = isLate && late < maximumLate ? late + 1 : 0;
    cancelTimer = undefined;
    if (tick(late > 0)) start();
  };

  const start = () => {
    if (cancelTimer) return;
    startedAt = clock.now();
    cancelTimer = clock.setTimer(interval, () => clock.endOfTurn(run));
  };

  return {
    start,
    stop() {
      cancelTimer?.();
      cancelTimer = undefined;
    },
  };
}
