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
 * @param tick is called after the sockets have been read. It is told the time, on the clock of `performance.now`, and
 * whether the event loop was blocked just now, for much longer than the interval, so that some replies may still wait to
 * be read. Two ticks in a row are never told so: a program that blocks the event loop all the time must not stop the clock.
 */
export function createTicker(interval: number, tick: (now: number, wasBlocked: boolean) => void): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let startedAt = 0;
  let wasBlocked = false;

  const run = () => {
    timer = undefined;
    const now = performance.now();
    wasBlocked = !wasBlocked && now - startedAt >= 5 * interval;
    tick(now, wasBlocked);
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
