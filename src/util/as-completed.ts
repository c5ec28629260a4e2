import pLimit from 'p-limit';

/** Items or results that are there together, without waiting. */
type Batch<Item> = Iterable<Item>;

/** Begins what is to be done for an item, and calls one of the two when it is done, once, and after it has returned. */
export type Task<Item, Result> = (
  item: Item,
  complete: (result: Result) => void,
  fail: (error: unknown) => void,
) => void;

/** The task that a function with a promise is; a promise for each of millions of items costs a lot. */
export const promised =
  <Item, Result>(work: (item: Item) => Promise<Result>): Task<Item, Result> =>
  (item, complete, fail) => {
    work(item).then(complete, fail);
  };

/** In place of an item where there is none, as an item may be anything. */
const none = Symbol('none');

/** What is there one by one, as `asCompleted` takes it. */
export async function* inBatches<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<Batch<Item>, void, undefined> {
  if (Symbol.iterator in items) yield items;
  else for await (const item of items) yield [item];
}

/**
 * Runs a task for each item, at most so many at once, and yields what they give in the order in which they
 * complete: at each turn all that has completed since the last one. Items are pulled one at a time, only
 * when there is room for one, and while fewer results than that wait to be yielded, so that a slow consumer
 * slows the tasks and memory stays bounded.
 *
 * @param batches the items; those of a batch may come lazily, but are not waited for.
 * @param concurrency tasks in flight, from 1; a function is asked again for each item.
 * @throws what the items throw, a task throws or fails with, or the signal's reason; nothing is pulled any more then.
 */
export async function* asCompleted<Item, Result>(
  batches: AsyncIterable<Batch<Item>>,
  concurrency: number | (() => number),
  task: Task<Item, Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result[], void, undefined> {
  const most = typeof concurrency === 'number' ? () => concurrency : concurrency;
  let room = most();
  const limit = pLimit(room);
  const source = batches[Symbol.asyncIterator]();
  let batch: Iterator<Item> | undefined;
  let completed: Result[] = [];
  /** Workers, those included that the limit has not let begin yet; its own counts are slow to ask for at each item. */
  let running = 0;
  let exhausted = false;
  let stopped = false;
  let failure: { readonly error: unknown } | undefined;
  let resumeConsumer = () => {};
  let wakePuller = () => {};

  const wakeConsumer = () => resumeConsumer();
  const wake = () => {
    wakeConsumer();
    wakePuller();
  };

  const stop = (error: unknown) => {
    failure ??= { error };
    stopped = true;
    wake();
  };

  /** The next item, if there is one at hand, and room for it beside so many others. */
  const take = (others: number): Item | typeof none => {
    const roomNow = most();
    if (room !== roomNow) limit.concurrency = roomNow;
    room = roomNow;
    const full = others >= room || completed.length >= room;
    if (stopped || batch === undefined || full) return none;
    const { done, value } = batch.next();
    if (!done) return value;
    batch = undefined;
    return none;
  };

  /** Goes on to further items itself, which costs far less than a task of its own for each. */
  const work = (first: Item) =>
    new Promise<void>((resolve, reject) => {
      const complete = (result: Result) => {
        // At the end of the turn, with all else that completes in it.
        if (completed.push(result) === 1) setImmediate(wakeConsumer);
        try {
          const next = take(running - 1);
          if (next === none) resolve();
          else task(next, complete, reject);
        } catch (error) {
          reject(error);
        }
      };
      task(first, complete, reject);
    });

  const begin = (first: Item) => {
    running++;
    limit(work, first)
      .finally(() => running--)
      .then(wake, stop);
  };

  const pull = async () => {
    while (!stopped) {
      const { done, value } = await source.next();
      if (done) return;
      batch = value[Symbol.iterator]();
      while (batch && !stopped) {
        const next = take(running);
        if (next !== none) begin(next);
        else if (batch)
          await new Promise<void>((resolve) => {
            wakePuller = resolve;
          });
      }
    }
  };

  const exhaust = () => {
    exhausted = true;
    wakeConsumer();
  };

  const abort = () => stop(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  else pull().then(exhaust, stop);
  try {
    for (;;) {
      if (completed.length > 0) {
        const results = completed;
        completed = [];
        wakePuller();
        yield results;
      } else if (stopped || (exhausted && running === 0)) {
        if (failure) throw failure.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          resumeConsumer = resolve;
        });
      }
    }
  } finally {
    stopped = true;
    signal?.removeEventListener('abort', abort);
    batch?.return?.();
    // Not awaited: a source that waits for its next item may never get one.
    void Promise.resolve(source.return?.()).catch(() => {});
  }
}
