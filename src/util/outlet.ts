import { type Clock, systemClock } from './clock.js';
import { createEvent } from './event.js';

/** Passes on results in batches, as they are made of the items of a source. */
export interface Outlet<Result> {
  /** Adds a result. */
  add(result: Result): void;
  /** The number of results that have been added and not been taken. */
  size(): number;
  /** Whether nothing more is wanted. */
  isStopped(): boolean;
  /** Ends the iteration with an error. */
  stop(error: unknown): void;
  /** Lets the next item be read, if there is room for it now. */
  freeRoom(): void;
  /**
   * Reads batches of items to their end, and yields what is added, each time all of it.
   *
   * @param signal ends the iteration.
   * @throws any error of `accept` or of `stop`, or the signal's reason; an error of the batches after the results of all items that
   * were read.
   */
  results<Item>(
    batches: AsyncIterable<Iterable<Item>>,
    producer: Producer<Item, Result>,
    signal?: AbortSignal,
  ): AsyncGenerator<Result[], void, undefined>;
}

/** Makes results of items. */
export interface Producer<Item, Result> {
  /** Begins to make the result of an item. If it returns a promise, nothing is read until that is fulfilled. */
  readonly accept: (item: Item) => Promise<void> | undefined;
  /** Whether another item may be read. */
  readonly hasRoom: () => boolean;
  /** Whether results of items are still to come. */
  readonly isBusy: () => boolean;
  /** Is told the results that have been taken. */
  readonly taken?: (results: readonly Result[]) => void;
}

/** Creates an outlet without results. */
export function createOutlet<Result>(clock: Pick<Clock, 'endOfTurn'> = systemClock): Outlet<Result> {
  /** An item may be read; there may be something to yield. */
  const readable = createEvent();
  const yieldable = createEvent();
  let added: Result[] = [];
  let isExhausted = false;
  let failure: { readonly error: unknown } | undefined;
  let isStopped = false;

  const stop = (error: unknown) => {
    failure ??= { error };
    isStopped = true;
    readable.emit();
    yieldable.emit();
  };

  return {
    add(result) {
      // Wakes the consumer once for all results of this turn of the event loop.
      if (added.push(result) === 1) clock.endOfTurn(yieldable.emit);
    },
    size: () => added.length,
    isStopped: () => isStopped,
    stop,
    freeRoom: readable.emit,
    async *results(batches, { accept, hasRoom, isBusy, taken }, signal) {
      const source = batches[Symbol.asyncIterator]();
      const read = async () => {
        while (!isStopped) {
          const { done, value: batch } = await source.next();
          if (done) return;
          for (const item of batch) {
            if (isStopped) return;
            try {
              const accepted = accept(item);
              // In the usual case there is nothing to wait for, and to wait would cost time for each item.
              if (accepted) await accepted;
            } catch (error) {
              return stop(error);
            }
            while (!isStopped && !hasRoom()) await readable.next();
          }
        }
      };
      const abort = () => stop(signal?.reason);
      const exhaust = () => {
        isExhausted = true;
        yieldable.emit();
      };
      const failInTheEnd = (error: unknown) => {
        failure ??= { error };
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
      else read().catch(failInTheEnd).then(exhaust);
      try {
        for (;;) {
          if (added.length > 0) {
            const results = added;
            added = [];
            readable.emit();
            taken?.(results);
            yield results;
          } else if (failure && (isStopped || !isBusy())) {
            throw failure.error;
          } else if (isExhausted && !isBusy()) {
            return;
          } else {
            await yieldable.next();
          }
        }
      } finally {
        isStopped = true;
        readable.emit();
        signal?.removeEventListener('abort', abort);
        // Not awaited: a source that is waiting for its next item may never return.
        void Promise.resolve(source.return?.()).catch(() => {});
      }
    },
  };
}
