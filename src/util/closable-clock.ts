import type { CancelTimer, Clock } from './clock.js';

/**
 * Makes a clock that tells the same time as another one, and can be closed.
 *
 * @returns the clock, and a function that cancels its timers: those that are set, and all that will be.
 */
export function createClosableClock(clock: Clock): { readonly clock: Clock; readonly close: () => void } {
  const timers = new Set<CancelTimer>();
  let isClosed = false;
  const setTimer: Clock['setTimer'] = (milliseconds, callback) => {
    if (isClosed) return () => {};
    const cancel = clock.setTimer(milliseconds, () => {
      timers.delete(forget);
      callback();
    });
    const forget = () => {
      timers.delete(forget);
      cancel();
    };
    timers.add(forget);
    return forget;
  };
  return {
    clock: { now: clock.now, date: clock.date, endOfTurn: clock.endOfTurn, setTimer },
    close() {
      isClosed = true;
      for (const cancel of timers) cancel();
    },
  };
}
