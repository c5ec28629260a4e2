// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';

/** Calls a function once, an interval after each start. */
export interface Ticker {
  /** Schedules a tick, unless one is scheduled already. */
  start(): void;
  stop(): void;
}

/**
 * Creates a ticker.
 *
 * @param interval milliseconds from the start to the tick.
 * @param tick is called when everything that has arrived by then has been read. It is told the time, on the clock of
 * `performance.now`, and whether the event loop was blocked for much longer than the interval.
 */
export function createTicker(interval: number, tick: (now: number, wasBlocked: boolean) => void): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let startedAt = 0;

  const run = () => {
    timer = undefined;
    const now = performance.now();
    tick(now, now - startedAt >= 5 * interval);
  };

  return {
    start() {
      if (timer !== undefined) return;
      startedAt = performance.now();
      timer = setTimeout(setImmediate, interval, run);
    },
    stop: () => clearTimeout(timer),
  };
}
