import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { asCompleted, inBatches } from '../../src/util/as-completed.js';

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

function defer<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/** A task whose runs the test ends one by one. */
function openTask<Result = string>() {
  const runs = new Map<string, Deferred<Result>>();
  const run = (item: string) => {
    const deferred = runs.get(item);
    if (deferred === undefined) throw new Error(`${item} was not started`);
    return deferred;
  };
  return {
    task: (item: string) => {
      const deferred = defer<Result>();
      runs.set(item, deferred);
      return deferred.promise;
    },
    started: () => [...runs.keys()],
    complete: (item: string, result: Result) => run(item).resolve(result),
    fail: (item: string, error: unknown) => run(item).reject(error),
  };
}

/** A source that counts what is pulled from it and how often it is closed. */
function counting<Item>(items: Iterable<Item>) {
  const iterator = items[Symbol.iterator]();
  const source = {
    pulled: 0,
    closed: 0,
    next: async () => {
      const next = iterator.next();
      if (!next.done) source.pulled++;
      return next;
    },
    return: async () => {
      source.closed++;
      return { done: true as const, value: undefined };
    },
    [Symbol.asyncIterator]: () => source,
  };
  return source;
}

function* naturals(): Generator<number> {
  for (let number = 0; ; number++) yield number;
}

/** All that can happen without a further event has happened. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Takes items and gives results as the library does. */
async function* oneByOne<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  concurrency: number | (() => number),
  task: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result, void, undefined> {
  for await (const results of asCompleted(inBatches(items), concurrency, task, signal)) yield* results;
}

async function collect<Result>(results: AsyncIterable<Result>): Promise<Result[]> {
  const all: Result[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('results', () => {
  test('come in the order in which they complete', async () => {
    const { task, complete } = openTask();
    const results = collect(oneByOne(['a', 'b', 'c'], 3, task));
    await quiet();
    for (const item of ['c', 'a', 'b']) complete(item, `${item}!`);
    expect(await results).toEqual(['c!', 'a!', 'b!']);
  });

  test('come as soon as they are known, while others run and the source is not done', async () => {
    const { task, complete } = openTask();
    async function* typed() {
      yield 'a';
      yield 'b';
      await new Promise(() => {});
    }
    const results = oneByOne(typed(), 5, task);
    const first = results.next();
    await quiet();
    complete('b', 'b!');
    expect(await first).toEqual({ done: false, value: 'b!' });
    const second = results.next();
    complete('a', 'a!');
    expect(await second).toEqual({ done: false, value: 'a!' });
  });

  test('may be anything, undefined included', async () => {
    const values = [undefined, null, 0, '', false];
    expect(await collect(oneByOne(values, 1, async (value) => value))).toEqual(values);
  });

  test.each([
    ['an array', []],
    ['a set', new Set<string>()],
    ['an async source', counting<string>([])],
  ])('are none for an empty source: %s', async (_, items) => {
    expect(await collect(oneByOne<string, string>(items, 4, async (item) => item))).toEqual([]);
  });

  test('come from sources of any kind', async () => {
    async function* generated() {
      yield* [1, 2, 3];
    }
    const sources: (Iterable<number> | AsyncIterable<number>)[] = [
      [1, 2, 3],
      new Set([1, 2, 3]),
      generated(),
      counting([1, 2, 3]),
    ];
    for (const items of sources) {
      expect(await collect(oneByOne(items, 1, async (item) => item * 2))).toEqual([2, 4, 6]);
    }
  });
});

describe('tasks', () => {
  test('run at most so many at once, and the next begins when one has ended', async () => {
    const { task, started, complete } = openTask();
    const results = collect(oneByOne(['a', 'b', 'c', 'd'], 2, task));
    await quiet();
    expect(started()).toEqual(['a', 'b']);
    complete('b', 'b!');
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c']);
    complete('c', 'c!');
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c', 'd']);
    complete('d', 'd!');
    complete('a', 'a!');
    expect(await results).toEqual(['b!', 'c!', 'd!', 'a!']);
  });

  test('run all at once where there is room', async () => {
    const { task, started } = openTask();
    void oneByOne(['a', 'b', 'c'], 100, task).next();
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c']);
  });
});

describe('items', () => {
  test('are not pulled before a result is asked for', async () => {
    const source = counting(naturals());
    oneByOne(source, 3, async (item) => item);
    await quiet();
    expect(source.pulled).toBe(0);
  });

  test('are pulled only when there is room for one', async () => {
    const { task, complete } = openTask();
    const source = counting(['a', 'b', 'c', 'd']);
    const results = oneByOne(source, 2, task);
    const first = results.next();
    await quiet();
    expect(source.pulled).toBe(2);
    complete('a', 'a!');
    await first;
    await quiet();
    expect(source.pulled).toBe(3);
  });

  test.each([1, 2, 7, 100])(
    'are pulled ahead of a slow consumer by at most %i in flight, as many results and a batch',
    async (concurrency) => {
      const source = counting(naturals());
      const results = oneByOne(source, concurrency, async (item) => item);
      for (let taken = 1; taken <= 20; taken++) {
        await results.next();
        await quiet();
        expect(source.pulled - taken).toBeLessThanOrEqual(3 * concurrency);
      }
    },
  );

  test('are pulled one at a time', async () => {
    let waiting = 0;
    let most = 0;
    const source = counting(['a', 'b', 'c', 'd']);
    const pull = source.next;
    source.next = async () => {
      most = Math.max(most, ++waiting);
      await quiet();
      waiting--;
      return pull();
    };
    await collect(oneByOne(source, 4, async (item) => item));
    expect(most).toBe(1);
  });
});

describe('batches', () => {
  async function* batchesOf<Item>(...batches: Iterable<Item>[]) {
    yield* batches;
  }

  test('of results hold what completes in one turn of the event loop', async () => {
    const { task, complete } = openTask();
    const results = asCompleted(batchesOf(['a', 'b', 'c']), 3, task);
    const first = results.next();
    await quiet();
    complete('c', 'c!');
    complete('a', 'a!');
    expect(await first).toEqual({ done: false, value: ['c!', 'a!'] });
    const second = results.next();
    complete('b', 'b!');
    expect(await second).toEqual({ done: false, value: ['b!'] });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  test('of results hold what completed while the consumer was busy', async () => {
    const { task, complete } = openTask();
    const results = asCompleted(batchesOf(['a', 'b', 'c']), 3, task);
    const first = results.next();
    await quiet();
    for (const item of ['b', 'a', 'c']) {
      complete(item, `${item}!`);
      await quiet();
    }
    expect([await first, await results.next()].map(({ value }) => value)).toEqual([['b!'], ['a!', 'c!']]);
  });

  test('of items are run one behind the other, empty ones included', async () => {
    const items = batchesOf<number>([1, 2], [], new Set([3]), [4, 5, 6]);
    const results = await collect(asCompleted(items, 2, async (item) => item * 2));
    expect(results.flat()).toEqual([2, 4, 6, 8, 10, 12]);
    expect(results).not.toContainEqual([]);
  });

  test('of items are not pulled before the one in front is used up', async () => {
    const { task, started, complete } = openTask();
    const source = counting([['a', 'b', 'c'], ['d'], ['e']]);
    const results = asCompleted(source, 2, task);
    let next = results.next();
    const completeAndTake = async (item: string) => {
      complete(item, `${item}!`);
      const taken = await next;
      next = results.next();
      await quiet();
      return taken;
    };
    await quiet();
    expect([started(), source.pulled]).toEqual([['a', 'b'], 1]);
    expect((await completeAndTake('a')).value).toEqual(['a!']);
    expect([started(), source.pulled]).toEqual([['a', 'b', 'c'], 1]);
    expect((await completeAndTake('b')).value).toEqual(['b!']);
    expect([started(), source.pulled]).toEqual([['a', 'b', 'c', 'd'], 2]);
  });

  test('of items may be made as they are needed', async () => {
    let made = 0;
    function* lazy() {
      for (;;) yield made++;
    }
    const results = asCompleted(batchesOf(lazy()), 3, () => new Promise(() => {}));
    void results.next();
    await quiet();
    expect(made).toBe(3);
  });

  test('of items that fail half-way let the error through', async () => {
    function* failing() {
      yield 'a';
      throw new Error('unreadable');
    }
    for (const concurrency of [1, 2]) {
      const results = collect(asCompleted(batchesOf(failing()), concurrency, async (item) => item));
      await expect(results).rejects.toThrow('unreadable');
    }
  });

  test('of items that fail while tasks go on to them let the error through', async () => {
    const { task, started, complete } = openTask();
    function* failing() {
      yield* ['a', 'b', 'c'];
      throw new Error('unreadable');
    }
    const results = collect(asCompleted(batchesOf(failing()), 2, task));
    const outcome = expect(results).rejects.toThrow('unreadable');
    await quiet();
    complete('a', 'a!');
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c']);
    complete('b', 'b!');
    await outcome;
  });

  test('are whole for what is there at once, and of one item for what comes with time', async () => {
    async function* typed() {
      yield* ['a', 'b'];
    }
    expect(await collect(inBatches(['a', 'b']))).toEqual([['a', 'b']]);
    expect(await collect(inBatches(typed()))).toEqual([['a'], ['b']]);
  });
});

describe('a concurrency that changes', () => {
  test('lets more run once it has grown, and fewer once it has shrunk', async () => {
    const { task, started, complete } = openTask();
    let most = 1;
    const results = collect(oneByOne('abcdefg'.split(''), () => most, task));
    await quiet();
    expect(started()).toHaveLength(1);
    most = 3;
    complete('a', 'a!');
    await quiet();
    // The consumer, which makes room for more, is woken at the end of the turn.
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c', 'd']);
    most = 2;
    complete('b', 'b!');
    complete('c', 'c!');
    await quiet();
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c', 'd', 'e']);
    for (const item of ['d', 'e', 'f', 'g']) {
      await quiet();
      complete(item, `${item}!`);
    }
    expect(await results).toHaveLength(7);
  });
});

describe('leaving the loop', () => {
  test('closes the source and pulls no more', async () => {
    const source = counting(naturals());
    for await (const result of oneByOne(source, 3, async (item) => item)) if (result === 5) break;
    await quiet();
    const { pulled } = source;
    expect(source.closed).toBe(1);
    await quiet();
    expect(source.pulled).toBe(pulled);
  });

  test('runs the clean-up of a generator', async () => {
    const closed = vi.fn();
    function* generated() {
      try {
        yield* naturals();
      } finally {
        closed();
      }
    }
    for await (const _ of oneByOne(generated(), 3, async (item) => item)) break;
    expect(closed).toHaveBeenCalledOnce();
  });

  test('does not wait for the next item, nor for a source that cannot be closed', async () => {
    let given = 0;
    const stuck: AsyncIterableIterator<string> = {
      next: () => (given++ === 0 ? Promise.resolve({ value: 'a' }) : new Promise(() => {})),
      return: () => new Promise(() => {}),
      [Symbol.asyncIterator]: () => stuck,
    };
    const results: string[] = [];
    for await (const result of oneByOne(stuck, 3, async (item) => item)) {
      results.push(result);
      break;
    }
    expect(results).toEqual(['a']);
  });

  test('by an exception lets it through', async () => {
    const source = counting(naturals());
    const leave = async () => {
      for await (const _ of oneByOne(source, 3, async (item) => item)) throw new Error('enough');
    };
    await expect(leave()).rejects.toThrow('enough');
    expect(source.closed).toBe(1);
  });
});

describe('an error', () => {
  test('of a task comes through, behind what was completed before it', async () => {
    const { task, complete, fail } = openTask();
    const source = counting(['a', 'b', 'c', 'd']);
    const results = oneByOne(source, 3, task);
    const first = results.next();
    await quiet();
    complete('b', 'b!');
    fail('a', new Error('broken'));
    expect(await first).toEqual({ done: false, value: 'b!' });
    await expect(results.next()).rejects.toThrow('broken');
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(source.closed).toBe(1);
  });

  test('that a task throws before its first await comes through', async () => {
    const task = (): Promise<string> => {
      throw new Error('broken');
    };
    await expect(collect(oneByOne(['a'], 1, task))).rejects.toThrow('broken');
  });

  test('that a later task throws comes through, too', async () => {
    const task = (item: string): Promise<string> => {
      if (item === 'b') throw new Error('broken');
      return Promise.resolve(item);
    };
    await expect(collect(oneByOne(['a', 'b'], 1, task))).rejects.toThrow('broken');
  });

  test('of an async source comes through, though tasks never end', async () => {
    async function* failing() {
      yield 'a';
      throw new Error('unreadable');
    }
    const results = collect(oneByOne(failing(), 3, () => new Promise(() => {})));
    await expect(results).rejects.toThrow('unreadable');
  });

  test('of a plain source comes through', async () => {
    function* failing() {
      yield 'a';
      throw new Error('unreadable');
    }
    await expect(collect(oneByOne(failing(), 3, async (item) => item))).rejects.toThrow('unreadable');
  });

  test('that is undefined is an error, too', async () => {
    const results = collect(oneByOne(['a'], 1, () => Promise.reject(undefined)));
    await expect(results).rejects.toBeUndefined();
  });

  test('is the first of several', async () => {
    const { task, fail } = openTask();
    const results = collect(oneByOne(['a', 'b'], 2, task));
    const outcome = expect(results).rejects.toThrow('first');
    await quiet();
    fail('b', new Error('first'));
    fail('a', new Error('second'));
    await outcome;
  });

  test('lets nothing be pulled any more', async () => {
    const { task, complete, fail } = openTask();
    const source = counting(['a', 'b', 'c', 'd', 'e']);
    const results = oneByOne(source, 3, task);
    const first = results.next();
    await quiet();
    complete('a', 'a!');
    complete('b', 'b!');
    await first;
    await quiet();
    const { pulled } = source;
    fail('c', new Error('broken'));
    await quiet();
    expect((await results.next()).value).toBe('b!');
    await expect(results.next()).rejects.toThrow('broken');
    await quiet();
    expect(source.pulled).toBe(pulled);
  });
});

describe('an abort signal', () => {
  const reason = new Error('enough');

  test('ends it though neither source nor task ever gives anything', async () => {
    const closed = vi.fn(() => new Promise<never>(() => {}));
    const silent = {
      next: () => new Promise<never>(() => {}),
      return: closed,
      [Symbol.asyncIterator]: () => silent,
    };
    const controller = new AbortController();
    const next = asCompleted<string, string>(silent, 3, async (item) => item, controller.signal).next();
    const outcome = expect(next).rejects.toBe(reason);
    await quiet();
    controller.abort(reason);
    await outcome;
    expect(closed).toHaveBeenCalledOnce();
  });

  test('ends it while tasks run', async () => {
    const controller = new AbortController();
    const results = collect(oneByOne(naturals(), 3, () => new Promise(() => {}), controller.signal));
    const outcome = expect(results).rejects.toBe(reason);
    await quiet();
    controller.abort(reason);
    await outcome;
  });

  test('that fires while the consumer is busy ends it at the next result asked for', async () => {
    const { task, complete } = openTask();
    const controller = new AbortController();
    const results = oneByOne(['a', 'b'], 1, task, controller.signal);
    const first = results.next();
    await quiet();
    complete('a', 'a!');
    await first;
    controller.abort(reason);
    await expect(results.next()).rejects.toBe(reason);
  });

  test('that has fired before lets nothing begin', async () => {
    const source = counting(naturals());
    const task = vi.fn(async (item: number) => item);
    await expect(oneByOne(source, 3, task, AbortSignal.abort(reason)).next()).rejects.toBe(reason);
    await quiet();
    expect(source.pulled).toBe(0);
    expect(task).not.toHaveBeenCalled();
  });

  test('that fires while an item is awaited runs no task for it', async () => {
    const item = defer<string>();
    async function* late() {
      yield await item.promise;
    }
    const controller = new AbortController();
    const task = vi.fn(async (text: string) => text);
    const outcome = expect(oneByOne(late(), 3, task, controller.signal).next()).rejects.toBe(reason);
    await quiet();
    controller.abort(reason);
    await outcome;
    item.resolve('late');
    await quiet();
    expect(task).not.toHaveBeenCalled();
  });

  test('is not listened to any longer than needed', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await collect(oneByOne(['a'], 1, async (item) => item, signal));
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledWith('abort', added.mock.calls[0]?.[1]);
  });
});

describe('whatever the order of completion', () => {
  const identity = fc.array(fc.nat(), { maxLength: 30 }).map((list) => list.map((_, index) => index));

  test('each item comes out once, in that order, with never too many in flight', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        identity,
        fc.integer({ min: 1, max: 8 }),
        async (scheduler, items, concurrency) => {
          const completed: number[] = [];
          let running = 0;
          let most = 0;
          const task = async (item: number) => {
            most = Math.max(most, ++running);
            await scheduler.schedule(Promise.resolve());
            running--;
            completed.push(item);
            return item;
          };
          const results = await scheduler.waitFor(collect(oneByOne(items, concurrency, task)));
          expect(results).toEqual(completed);
          expect(results.toSorted((a, b) => a - b)).toEqual(items);
          expect(most).toBe(Math.min(concurrency, items.length));
        },
      ),
    );
  });

  test('thousands of items each come out once', async () => {
    const total = 5000;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (choices) => {
        const pending: (() => void)[] = [];
        const release = () => {
          const place = (choices.next().value ?? 0) % pending.length;
          pending.splice(place, 1)[0]?.();
          if (pending.length > 0) queueMicrotask(release);
        };
        const task = (item: number) =>
          new Promise<number>((resolve) => {
            pending.push(() => resolve(item));
            if (pending.length === 1) setImmediate(release);
          });
        const items = Array.from({ length: total }, (_, index) => index);
        const results = await collect(oneByOne(counting(items), 256, task));
        expect(results).not.toEqual(items);
        expect(results.toSorted((a, b) => a - b)).toEqual(items);
      }),
      { numRuns: 5 },
    );
  });
});
