import pLimit from 'p-limit';

/**
 * Runs a task for each item, at most so many at once, and yields what they give in the order in which they
 * complete. Items are pulled one at a time, only when there is room for one; what was not yielded yet takes
 * up room, too, so that a slow consumer slows the tasks and memory stays bounded.
 *
 * @param concurrency tasks in flight, from 1.
 * @throws what the items throw, a task rejects with, or the signal's reason; nothing is pulled any more then.
 */
export async function* asCompleted<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  concurrency: number,
  task: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result, void, undefined> {
  const limit = pLimit(concurrency);
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const completed: { readonly result: Result }[] = [];
  let running = 0;
  let exhausted = false;
  let stopped = false;
  let failure: { readonly error: unknown } | undefined;
  let wakeConsumer = () => {};
  let wakePuller = () => {};

  const fail = (error: unknown) => {
    failure ??= { error };
    stopped = true;
    wakeConsumer();
  };

  const deliver = (result: Result) => {
    running--;
    completed.push({ result });
    wakeConsumer();
  };

  const pull = async () => {
    for (;;) {
      while (running + completed.length >= concurrency) {
        await new Promise<void>((resolve) => {
          wakePuller = resolve;
        });
      }
      if (stopped) return;
      const next = source.next();
      const { done, value } = 'then' in next ? await next : next;
      if (stopped) return;
      if (done) {
        exhausted = true;
        return wakeConsumer();
      }
      running++;
      limit(task, value).then(deliver, fail);
    }
  };

  const abort = () => fail(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  else pull().catch(fail);
  try {
    for (;;) {
      for (let next = completed.shift(); next; next = completed.shift()) {
        wakePuller();
        yield next.result;
      }
      if (failure) throw failure.error;
      if (exhausted && running === 0) return;
      await new Promise<void>((resolve) => {
        wakeConsumer = resolve;
      });
    }
  } finally {
    stopped = true;
    signal?.removeEventListener('abort', abort);
    // Not awaited: a source that waits for its next item may never get one.
    void Promise.resolve(source.return?.()).catch(() => {});
  }
}
