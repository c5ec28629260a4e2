import { createWaiter } from './waiter.js';

/** Hands on results in batches, as they are made from what a source yields. */
export interface Outlet<Result> {
  /** Adds a result. */
  add(result: Result): void;
  /** Results that have been added and not been taken. */
  size(): number;
  /** Whether nothing more is wanted. */
  isStopped(): boolean;
  /** Ends the iteration with an error. */
  stop(error: unknown): void;
  /** Resolves at the next `freeRoom`, when results are taken, or when nothing more is wanted. */
  waitForRoom(): Promise<void>;
  /** Ends the wait for room. */
  freeRoom(): void;
  /**
   * Runs the producer, and yields what is added, each time all of it.
   *
   * @param signal ends the iteration.
   * @throws any error of the producer or of `stop`, or the signal's reason.
   */
  results(producer: Producer<Result>, signal?: AbortSignal): AsyncGenerator<Result[], void, undefined>;
}

/** What makes the results. */
export interface Producer<Result> {
  /** Reads the source to its end. */
  readonly read: () => Promise<void>;
  /** Whether results of what has been read are still to come. */
  readonly isBusy: () => boolean;
  /** Is told the results that have been taken. */
  readonly taken?: (results: readonly Result[]) => void;
  /** Closes the source. */
  readonly close: () => unknown;
}

/** Creates an outlet without results. */
export function createOutlet<Result>(): Outlet<Result> {
  const reader = createWaiter();
  const consumer = createWaiter();
  let added: Result[] = [];
  let isExhausted = false;
  let failure: { readonly error: unknown } | undefined;
  let isStopped = false;

  const stop = (error: unknown) => {
    failure ??= { error };
    isStopped = true;
    reader.wake();
    consumer.wake();
  };

  return {
    add(result) {
      // Wakes the consumer once for all results of this turn of the event loop.
      if (added.push(result) === 1) setImmediate(consumer.wake);
    },
    size: () => added.length,
    isStopped: () => isStopped,
    stop,
    waitForRoom: reader.wait,
    freeRoom: reader.wake,
    async *results({ read, isBusy, taken, close }, signal) {
      const abort = () => stop(signal?.reason);
      const exhaust = () => {
        isExhausted = true;
        consumer.wake();
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
      else read().then(exhaust, stop);
      try {
        for (;;) {
          if (added.length > 0) {
            const results = added;
            added = [];
            reader.wake();
            taken?.(results);
            yield results;
          } else if (failure) {
            throw failure.error;
          } else if (isExhausted && !isBusy()) {
            return;
          } else {
            await consumer.wait();
          }
        }
      } finally {
        isStopped = true;
        reader.wake();
        signal?.removeEventListener('abort', abort);
        // Not awaited: a source that is waiting for its next item may never return.
        void Promise.resolve(close()).catch(() => {});
      }
    },
  };
}
