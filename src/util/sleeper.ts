import type { Clock } from './clock.js';
import { createClosableClock } from './closable-clock.js';

/** Waits, until it is closed. */
export interface Sleeper {
  /**
   * Resolves after a number of milliseconds; never after `close`.
   *
   * @param until ends the wait when it is fulfilled; the result then never resolves.
   */
  sleep(milliseconds: number, until?: Promise<unknown>): Promise<void>;
  close(): void;
}

/** Creates a sleeper on a clock. */
export function createSleeper(clock: Clock): Sleeper {
  const { clock: closable, close } = createClosableClock(clock);
  return {
    sleep: (milliseconds, until) =>
      new Promise((resolve) => {
        const cancel = closable.setTimer(milliseconds, resolve);
        void until?.then(cancel);
      }),
    close,
  };
}
