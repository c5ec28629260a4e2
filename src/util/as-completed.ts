import pLimit from 'p-limit';
import { createWaiter } from './waiter.js';

/** Wraps items for `asCompleted`: a list becomes one batch, items that arrive over time one batch each. */
export async function* inBatches<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<Iterable<Item>, void, undefined> {
  if (Symbol.iterator in items) yield items;
  else for await (const item of items) yield [item];
}

/**
 * Calls a function for each item, a limited number of them at once, and yields the results in the order in which they
 * complete, in batches: all that completed since the last turn of the event loop. An item is pulled only when it can
 * be started and fewer results than the limit wait for the consumer, so a slow consumer slows the work down and memory
 * stays bounded.
 *
 * @param batches the items. A batch may be a generator; its items are pulled one at a time.
 * @param concurrency how many calls may be in flight, from 1; a function is called again before each item.
 * @param signal ends the iteration.
 * @throws an error of `batches` or `work`, or the signal's reason; nothing is pulled after that.
 */
export async function* asCompleted<Item, Result>(
  batches: AsyncIterable<Iterable<Item>>,
  concurrency: number | (() => number),
  work: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result[], void, undefined> {
  const room = typeof concurrency === 'number' ? () => concurrency : concurrency;
  const limit = pLimit(room());
  const source = batches[Symbol.asyncIterator]();
  const puller = createWaiter();
  const consumer = createWaiter();
  let completed: Result[] = [];
  let inFlight = 0;
  let exhausted = false;
  let failure: { readonly error: unknown } | undefined;
  let stopped = false;

  const stop = (error: unknown) => {
    failure ??= { error };
    stopped = true;
    puller.wake();
    consumer.wake();
  };

  const hasRoom = () => {
    const most = room();
    if (limit.concurrency !== most) limit.concurrency = most;
    return inFlight < most && completed.length < most;
  };

  const complete = (result: Result) => {
    inFlight--;
    // The consumer is woken at the end of the turn, for everything that completes in it.
    if (completed.push(result) === 1) setImmediate(consumer.wake);
    puller.wake();
  };

  const pull = async () => {
    while (!stopped) {
      const { done, value: batch } = await source.next();
      if (done) break;
      for (const item of batch) {
        if (stopped) return;
        inFlight++;
        limit(work, item).then(complete, stop);
        while (!stopped && !hasRoom()) await puller.wait();
      }
    }
    exhausted = true;
    consumer.wake();
  };

  const abort = () => stop(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  else pull().catch(stop);
  try {
    for (;;) {
      if (completed.length > 0) {
        const results = completed;
        completed = [];
        puller.wake();
        yield results;
      } else if (failure) {
        throw failure.error;
      } else if (exhausted && inFlight === 0) {
        return;
      } else {
        await consumer.wait();
      }
    }
  } finally {
    stopped = true;
    puller.wake();
    signal?.removeEventListener('abort', abort);
    // Not awaited: a source that waits for its next item may never end.
    void Promise.resolve(source.return?.()).catch(() => {});
  }
}
