import type { CancelTimer, Clock } from '../../util/clock.js';

/** Calls a function at regular intervals. */
export interface Ticker {
  /** Schedules the next tick, if there is none yet. */
  start(): void;
  stop(): void;
}

/** A tick this late, in intervals, shows that the process was busy, so that replies may wait to be read. */
const tolerableDelay = 1.5;
/** The most consecutive ticks that are reported as late: a program that is always busy must not stop the clock. */
const maximumLate = 2;

/**
 * Creates a ticker.
 *
 * @param interval milliseconds from one tick to the next, or from the start to the first.
 * @param tick is called after the sockets have been read. It is told whether it is late, so that some replies may still
 *   wait to be read. It returns whether there is to be another tick.
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
