import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { asCompleted, inBatches } from '../../src/util/as-completed.js';
import { createManualClock } from '../helpers/manual-clock.js';

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

/** Creates work whose calls the test ends one by one. */
function createHeldWork<Result = string>() {
  const calls = new Map<string, Deferred<Result>>();
  const callFor = (item: string) => {
    const deferred = calls.get(item);
    if (deferred === undefined) throw new Error(`Expected a call for ${item}`);
    return deferred;
  };
  return {
    work: (item: string) => {
      const deferred = defer<Result>();
      calls.set(item, deferred);
      return deferred.promise;
    },
    started: () => [...calls.keys()],
    complete: (item: string, result: Result) => callFor(item).resolve(result),
    fail: (item: string, error: unknown) => callFor(item).reject(error),
  };
}

/** Creates a source that counts the items pulled from it, and how often it is closed. */
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

/** Resolves when everything that can happen without a further event has happened. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Yields results one by one, as the library does. */
async function* oneByOne<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  concurrency: number | (() => number),
  work: (item: Item) => Promise<Result>,
  signal?: AbortSignal,
): AsyncGenerator<Result, void, undefined> {
  for await (const results of asCompleted(inBatches(items), concurrency, work, signal)) yield* results;
}

async function collect<Result>(results: AsyncIterable<Result>): Promise<Result[]> {
  const all: Result[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('the results of asCompleted', () => {
  it('come in the order of completion', async () => {
    const { work, complete } = createHeldWork();
    const results = collect(oneByOne(['a', 'b', 'c'], 3, work));
    await quiet();
    for (const item of ['c', 'a', 'b']) complete(item, `${item}!`);
    expect(await results).toEqual(['c!', 'a!', 'b!']);
  });

  it('come as soon as they are known, even if other work and the source have not ended', async () => {
    const { work, complete } = createHeldWork();
    async function* typed() {
      yield 'a';
      yield 'b';
      await new Promise(() => {});
    }
    const results = oneByOne(typed(), 5, work);
    const first = results.next();
    await quiet();
    complete('b', 'b!');
    expect(await first).toEqual({ done: false, value: 'b!' });
    const second = results.next();
    complete('a', 'a!');
    expect(await second).toEqual({ done: false, value: 'a!' });
  });

  it('may be any value, undefined included', async () => {
    const values = [undefined, null, 0, '', false];
    expect(await collect(oneByOne(values, 1, async (value) => value))).toEqual(values);
  });

  it('are handed on at the end of a turn of the given clock', async () => {
    const clock = createManualClock();
    const results = asCompleted(inBatches(['a', 'b']), 2, async (item) => item, undefined, clock);
    const taken = vi.fn();
    void results.next().then(taken);
    await quiet();
    expect(taken).not.toHaveBeenCalled();
    clock.endTurn();
    await quiet();
    expect(taken.mock.calls).toEqual([[{ done: false, value: ['a', 'b'] }]]);
  });

  it.each([
    ['an array', []],
    ['a set', new Set<string>()],
    ['an async source', counting<string>([])],
  ])('end at once for an empty source: %s', async (_, items) => {
    expect(await collect(oneByOne<string, string>(items, 4, async (item) => item))).toEqual([]);
  });

  it('come from sources of any kind', async () => {
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

describe('the work of asCompleted', () => {
  it('is done for a limited number of items at once, and for the next item when one has completed', async () => {
    const { work, started, complete } = createHeldWork();
    const results = collect(oneByOne(['a', 'b', 'c', 'd'], 2, work));
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

  it('is done for all items at once if there is room', async () => {
    const { work, started } = createHeldWork();
    void oneByOne(['a', 'b', 'c'], 100, work).next();
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c']);
  });
});

describe('the items of asCompleted', () => {
  it('are not pulled before a result is asked for', async () => {
    const source = counting(naturals());
    oneByOne(source, 3, async (item) => item);
    await quiet();
    expect(source.pulled).toBe(0);
  });

  it('are pulled only when there is room for one', async () => {
    const { work, complete } = createHeldWork();
    const source = counting(['a', 'b', 'c', 'd']);
    const results = oneByOne(source, 2, work);
    const first = results.next();
    await quiet();
    expect(source.pulled).toBe(2);
    complete('a', 'a!');
    await first;
    await quiet();
    expect(source.pulled).toBe(3);
  });

  it.each([1, 2, 7, 100])(
    'are pulled for a slow consumer only up to a bound: %i in flight, as many results, and a batch',
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

  it('are pulled one at a time', async () => {
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

describe('the batches of asCompleted', () => {
  async function* batchesOf<Item>(...batches: Iterable<Item>[]) {
    yield* batches;
  }

  it('hold the results that complete in one turn of the event loop', async () => {
    const { work, complete } = createHeldWork();
    const results = asCompleted(batchesOf(['a', 'b', 'c', 'd']), 3, work);
    const first = results.next();
    await quiet();
    complete('c', 'c!');
    // All pending promises settle, but the turn has not ended.
    for (let settled = 0; settled < 50; settled++) await undefined;
    complete('a', 'a!');
    expect(await first).toEqual({ done: false, value: ['c!', 'a!'] });
    const second = results.next();
    complete('b', 'b!');
    complete('d', 'd!');
    expect(await second).toEqual({ done: false, value: ['b!', 'd!'] });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('hold the results that completed while the consumer was busy', async () => {
    const { work, complete } = createHeldWork();
    const results = asCompleted(batchesOf(['a', 'b', 'c']), 3, work);
    const first = results.next();
    await quiet();
    for (const item of ['b', 'a', 'c']) {
      complete(item, `${item}!`);
      await quiet();
    }
    expect([await first, await results.next()].map(({ value }) => value)).toEqual([['b!'], ['a!', 'c!']]);
  });

  it('of items are worked on in order, empty ones included', async () => {
    const items = batchesOf<number>([1, 2], [], new Set([3]), [4, 5, 6]);
    const results = await collect(asCompleted(items, 2, async (item) => item * 2));
    expect(results.flat()).toEqual([2, 4, 6, 8, 10, 12]);
    expect(results).not.toContainEqual([]);
  });

  it('of items are not pulled before the previous one is used up', async () => {
    const { work, started, complete } = createHeldWork();
    const source = counting([['a', 'b', 'c'], ['d'], ['e']]);
    const results = asCompleted(source, 2, work);
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

  it('of items may make their items as they are needed', async () => {
    let made = 0;
    function* lazy() {
      for (;;) yield made++;
    }
    const results = asCompleted(batchesOf(lazy()), 3, () => new Promise(() => {}));
    void results.next();
    await quiet();
    expect(made).toBe(3);
  });

  it('of items that throw pass the error on', async () => {
    function* failing() {
      yield 'a';
      throw new Error('unreadable');
    }
    for (const concurrency of [1, 2]) {
      const results = collect(asCompleted(batchesOf(failing()), concurrency, async (item) => item));
      await expect(results).rejects.toThrow('unreadable');
    }
  });

  it('of items that throw while other work continues pass the error on after its results', async () => {
    const { work, started, complete } = createHeldWork();
    function* failing() {
      yield* ['a', 'b', 'c'];
      throw new Error('unreadable');
    }
    const results = asCompleted(batchesOf(failing()), 2, work);
    const first = results.next();
    await quiet();
    complete('a', 'a!');
    expect(await first).toEqual({ done: false, value: ['a!'] });
    await quiet();
    expect(started()).toEqual(['a', 'b', 'c']);
    const second = results.next();
    complete('b', 'b!');
    complete('c', 'c!');
    expect(await second).toEqual({ done: false, value: ['b!', 'c!'] });
    await expect(results.next()).rejects.toThrow('unreadable');
  });
});

describe('inBatches', () => {
  it('makes one batch of a list', async () => {
    expect(await collect(inBatches(['a', 'b']))).toEqual([['a', 'b']]);
  });

  it('makes a batch of each item that arrives over time', async () => {
    async function* typed() {
      yield* ['a', 'b'];
    }
    expect(await collect(inBatches(typed()))).toEqual([['a'], ['b']]);
  });
});

describe('a concurrency that changes', () => {
  it('lets asCompleted start more work after it has grown, and less after it has shrunk', async () => {
    const { work, started, complete } = createHeldWork();
    let most = 1;
    const results = collect(oneByOne('abcdefg'.split(''), () => most, work));
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

it('an item may make room for the next one before its result is there', async () => {
  const started: string[] = [];
  let room = 1;
  const ends: (() => void)[] = [];
  const work = (item: string, onRoom: () => void) => {
    started.push(item);
    room++;
    onRoom();
    return new Promise<string>((resolve) => ends.push(() => resolve(item)));
  };
  const results = asCompleted(inBatches(['a', 'b', 'c']), () => Math.min(room, 3), work);
  const first = results.next();
  await vi.waitFor(() => expect(started).toEqual(['a', 'b', 'c']));
  for (const end of ends) end();
  expect((await first).value).toEqual(['a', 'b', 'c']);
});

describe('leaving a loop over asCompleted', () => {
  it('closes the source, and nothing is pulled from it again', async () => {
    const source = counting(naturals());
    for await (const result of oneByOne(source, 3, async (item) => item)) if (result === 5) break;
    await quiet();
    const { pulled } = source;
    expect(source.closed).toBe(1);
    await quiet();
    expect(source.pulled).toBe(pulled);
  });

  it('runs the `finally` block of a generator', async () => {
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

  it('waits neither for the next item nor for the source to close', async () => {
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

  it('by an exception passes it on', async () => {
    const source = counting(naturals());
    const leave = async () => {
      for await (const _ of oneByOne(source, 3, async (item) => item)) throw new Error('enough');
    };
    await expect(leave()).rejects.toThrow('enough');
    expect(source.closed).toBe(1);
  });
});

describe('an error in asCompleted', () => {
  it('of the work is thrown after the results that completed before it', async () => {
    const { work, complete, fail } = createHeldWork();
    const source = counting(['a', 'b', 'c', 'd']);
    const results = oneByOne(source, 3, work);
    const first = results.next();
    await quiet();
    complete('b', 'b!');
    fail('a', new Error('broken'));
    expect(await first).toEqual({ done: false, value: 'b!' });
    await expect(results.next()).rejects.toThrow('broken');
    expect(await results.next()).toEqual({ done: true, value: undefined });
    expect(source.closed).toBe(1);
  });

  it('that the work throws before its first await is thrown', async () => {
    const work = (): Promise<string> => {
      throw new Error('broken');
    };
    await expect(collect(oneByOne(['a'], 1, work))).rejects.toThrow('broken');
  });

  it('that the work throws for a later item is thrown', async () => {
    const work = (item: string): Promise<string> => {
      if (item === 'b') throw new Error('broken');
      return Promise.resolve(item);
    };
    await expect(collect(oneByOne(['a', 'b'], 1, work))).rejects.toThrow('broken');
  });

  it('of an async source is thrown after the results of the work in flight', async () => {
    const { work, complete } = createHeldWork();
    async function* failing() {
      yield* ['a', 'b'];
      throw new Error('unreadable');
    }
    const results = oneByOne(failing(), 3, work);
    const first = results.next();
    await quiet();
    complete('b', 'b!');
    expect(await first).toMatchObject({ value: 'b!' });
    const second = results.next();
    complete('a', 'a!');
    expect(await second).toMatchObject({ value: 'a!' });
    await expect(results.next()).rejects.toThrow('unreadable');
  });

  it('of the work ends the iteration at once, also after an error of the source', async () => {
    const { work, fail } = createHeldWork();
    async function* failing() {
      yield* ['a', 'b'];
      throw new Error('unreadable');
    }
    const results = collect(oneByOne(failing(), 3, work));
    const outcome = expect(results).rejects.toThrow('unreadable');
    await quiet();
    fail('b', new Error('a bug'));
    await outcome;
  });

  it('of a synchronous source is thrown', async () => {
    function* failing() {
      yield 'a';
      throw new Error('unreadable');
    }
    await expect(collect(oneByOne(failing(), 3, async (item) => item))).rejects.toThrow('unreadable');
  });

  it('is thrown even if it is undefined', async () => {
    const results = collect(oneByOne(['a'], 1, () => Promise.reject(undefined)));
    await expect(results).rejects.toBeUndefined();
  });

  it('is the first one if there are several', async () => {
    const { work, fail } = createHeldWork();
    const results = collect(oneByOne(['a', 'b'], 2, work));
    const outcome = expect(results).rejects.toThrow('first');
    await quiet();
    fail('b', new Error('first'));
    fail('a', new Error('second'));
    await outcome;
  });

  it('keeps work on later items from starting, even if the consumer is busy', async () => {
    const { work, started, complete, fail } = createHeldWork();
    const later = defer<string>();
    async function* items() {
      yield* ['a', 'b'];
      yield await later.promise;
    }
    const results = oneByOne(items(), 3, work);
    const result = results.next();
    await quiet();
    complete('a', 'a!');
    await result;
    fail('b', new Error('broken'));
    await quiet();
    later.resolve('c');
    await quiet();
    expect(started()).toEqual(['a', 'b']);
    await expect(results.next()).rejects.toThrow('broken');
  });

  it('ends the pulling of items', async () => {
    const { work, complete, fail } = createHeldWork();
    const source = counting(['a', 'b', 'c', 'd', 'e']);
    const results = oneByOne(source, 3, work);
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

describe('an abort signal of asCompleted', () => {
  const reason = new Error('enough');

  it('ends the iteration even if the source never yields an item', async () => {
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

  it('ends the iteration while work is in flight', async () => {
    const controller = new AbortController();
    const results = collect(oneByOne(naturals(), 3, () => new Promise(() => {}), controller.signal));
    const outcome = expect(results).rejects.toBe(reason);
    await quiet();
    controller.abort(reason);
    await outcome;
  });

  it('that fires while the consumer is busy takes effect when the next result is asked for', async () => {
    const { work, complete } = createHeldWork();
    const controller = new AbortController();
    const results = oneByOne(['a', 'b'], 1, work, controller.signal);
    const first = results.next();
    await quiet();
    complete('a', 'a!');
    await first;
    controller.abort(reason);
    await expect(results.next()).rejects.toBe(reason);
  });

  it('that has already fired lets nothing be pulled', async () => {
    const source = counting(naturals());
    const work = vi.fn(async (item: number) => item);
    await expect(oneByOne(source, 3, work, AbortSignal.abort(reason)).next()).rejects.toBe(reason);
    await quiet();
    expect(source.pulled).toBe(0);
    expect(work).not.toHaveBeenCalled();
  });

  it('that fires while an item is awaited keeps work on that item from starting', async () => {
    const item = defer<string>();
    async function* late() {
      yield await item.promise;
    }
    const controller = new AbortController();
    const work = vi.fn(async (text: string) => text);
    const outcome = expect(oneByOne(late(), 3, work, controller.signal).next()).rejects.toBe(reason);
    await quiet();
    controller.abort(reason);
    await outcome;
    item.resolve('late');
    await quiet();
    expect(work).not.toHaveBeenCalled();
  });

  it('is not listened to after the end', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await collect(oneByOne(['a'], 1, async (item) => item, signal));
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledWith('abort', added.mock.calls[0]?.[1]);
  });
});

describe('asCompleted with generated orders of completion', () => {
  const anyItems = fc.array(fc.nat(), { maxLength: 30 }).map((list) => list.map((_, index) => index));

  it('yields each result once, in that order, and never has too much in flight', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        anyItems,
        fc.integer({ min: 1, max: 8 }),
        async (scheduler, items, concurrency) => {
          const completed: number[] = [];
          let running = 0;
          let most = 0;
          const work = async (item: number) => {
            most = Math.max(most, ++running);
            await scheduler.schedule(Promise.resolve());
            running--;
            completed.push(item);
            return item;
          };
          const results = await scheduler.waitFor(collect(oneByOne(items, concurrency, work)));
          expect(results).toEqual(completed);
          expect(results.toSorted((a, b) => a - b)).toEqual(items);
          expect(most).toBe(Math.min(concurrency, items.length));
        },
      ),
    );
  });

  it('yields thousands of results once each', async () => {
    const total = 5000;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (choices) => {
        const pending: (() => void)[] = [];
        const release = () => {
          const index = (choices.next().value ?? 0) % pending.length;
          pending.splice(index, 1)[0]?.();
          if (pending.length > 0) queueMicrotask(release);
        };
        const work = (item: number) =>
          new Promise<number>((resolve) => {
            pending.push(() => resolve(item));
            if (pending.length === 1) setImmediate(release);
          });
        const items = Array.from({ length: total }, (_, index) => index);
        const results = await collect(oneByOne(counting(items), 256, work));
        expect(results).not.toEqual(items);
        expect(results.toSorted((a, b) => a - b)).toEqual(items);
      }),
      { numRuns: 5 },
    );
  });
});
