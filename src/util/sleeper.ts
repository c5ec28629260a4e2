import type { CancelTimer, Clock } from './clock.js';

/** Waits, until it is closed. */
export interface Sleeper {
  /**
   * Resolves after a number of milliseconds; never after `close`.
   *
   * @param until ends the wait early when it resolves; nothing resolves then.
   */
  sleep(milliseconds: number, until?: Promise<unknown>): Promise<void>;
  close(): void;
}

/** Creates a sleeper on a clock. */
export function createSleeper(clock: Pick<Clock, 'setTimer'>): Sleeper {
  const timers = new Set<CancelTimer>();
  let isClosed = false;
  return {
    sleep: (milliseconds, until) =>
      new Promise((resolve) => {
        if (isClosed) return;
        const cancel = clock.setTimer(milliseconds, () => {
          timers.delete(cancel);
          resolve();
        });
        timers.add(cancel);
        void until?.then(() => {
          timers.delete(cancel);
          cancel();
        });
      }),
    close() {
      isClosed = true;
      for (const cancel of timers) cancel();
    },
  };
}
