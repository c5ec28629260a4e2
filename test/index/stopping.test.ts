import { describe, expect, it } from 'vitest';
import { probeAll } from '../../src/index.js';
import { honest, isRandom } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { manyNames, one } from '../helpers/resolving.js';
import { serve } from '../helpers/serve.js';
import {
  allArrived,
  comesToRest,
  countQueries,
  endless,
  outlastOneTry,
  serveWithSilences,
  serveWithSilentCanaries,
  timeout,
} from './streams.js';

describe.concurrent('an endless source', () => {
  it('is pulled only as far as the concurrency allows, and no longer after its consumer has stopped', async () => {
    const server = await serveWithSilences();
    const source = endless();
    let results = 0;
    for await (const _result of probeAll(source.names(), {
      servers: [server.address],
      concurrency: 20,
      timeout,
      canary: false,
    })) {
      results++;
      expect(source.pulled).toBeLessThanOrEqual(results + 2 * 20 + 1);
      if (results === 50) break;
    }
    await allArrived(server);
    const queries = countQueries(server);
    const { pulled } = source;
    await outlastOneTry(server);
    expect(countQueries(server)).toBe(queries);
    expect(source.pulled).toBe(pulled);
    expect(source.returned).toBe(true);
  });

  it('waits for a slow consumer', async () => {
    const server = await serve(honest(() => one));
    const source = endless();
    const options = { servers: [server.address], concurrency: 5, canary: false };
    let results = 0;
    for await (const _result of probeAll(source.names(), options)) {
      results++;
      await allArrived(server);
      // The names of two batches: in each, at most 5 results wait and 5 names are in flight.
      expect(source.pulled).toBeLessThanOrEqual(results + 4 * 5);
      if (results === 12) break;
    }
  });

  it('is pulled further while names wait for canaries, until their results wait for the consumer', async ({
    expect,
  }) => {
    const { hold, release } = act.gate();
    const server = await serve(({ name, type }) => {
      if (type === 'NS') return hold(act.noData);
      return isRandom(name) ? hold(act.deny) : one;
    });
    const source = endless();
    const results = probeAll(source.names(), { servers: [server.address], concurrency: 5 });
    const first = results.next();
    await expect.poll(() => source.pulled, { interval: 1, timeout: 10_000 }).toBeGreaterThan(10 * 5);
    release();
    await first;
    await comesToRest(source, server);
    await results.return();
  });

  it('has at most `concurrency` names in flight', async () => {
    const { hold, release } = act.gate();
    const server = await serve(({ name }) => (name === 'arrived.dev' ? one : hold(one)));
    const results = probeAll(endless().names(), {
      servers: [server.address],
      concurrency: 3,
      canary: false,
    });
    const first = results.next();
    await server.received(3);
    await allArrived(server);
    expect(server.queries.map(({ name }) => name)).toEqual(['x1.dev', 'x2.dev', 'x3.dev', 'arrived.dev']);
    release('x2.dev');
    expect(await first).toMatchObject({ value: { name: 'x2.dev' } });
    await results.return();
  });
});

it('a name that arrives after the consumer has stopped is not asked for', async () => {
  const server = await serve(() => one);
  let giveName: (result: IteratorResult<string>) => void = () => {};
  const given = [
    Promise.resolve({ done: false, value: 'x1.dev' }),
    new Promise<IteratorResult<string>>((resolve) => {
      giveName = resolve;
    }),
  ];
  const ended: IteratorResult<string> = { done: true, value: undefined };
  const source = { next: () => given.shift() ?? Promise.resolve(ended) };
  const names = { [Symbol.asyncIterator]: () => source };
  for await (const _result of probeAll(names, { servers: [server.address], canary: false })) break;
  giveName({ done: false, value: 'late.dev' });
  await allArrived(server);
  expect(server.queries.map(({ name }) => name)).toEqual(['x1.dev', 'arrived.dev']);
});

it('canaries are not sent again after the consumer has stopped', async () => {
  const server = await serveWithSilentCanaries();
  const names = ['x.dev', 'not a name'];
  for await (const { name } of probeAll(names, { servers: [server.address], timeout })) {
    expect(name).toBe('not a name');
    await server.received(3);
    break;
  }
  await allArrived(server);
  const queries = countQueries(server);
  await outlastOneTry(server);
  expect(countQueries(server)).toBe(queries);
  expect(server.queries.some(({ name }) => isRandom(name))).toBe(true);
});

describe.concurrent('a source that fails', () => {
  const failure = new Error('the file is gone');
  const sources: readonly (readonly [string, () => Iterable<string> | AsyncIterable<string>])[] = [
    [
      'a generator that throws',
      function* () {
        yield* manyNames(3);
        throw failure;
      },
    ],
    [
      'an async generator that throws',
      async function* () {
        yield* manyNames(3);
        throw failure;
      },
    ],
    [
      'an iterator whose first call throws',
      () => ({
        [Symbol.iterator]: () => ({
          next: () => {
            throw failure;
          },
        }),
      }),
    ],
    [
      'an async iterator that rejects',
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failure) }) }),
    ],
  ];

  it.each(sources)('ends the results with its error (%s)', async (_source, names) => {
    const { address } = await serve(honest(() => one));
    const run = async () => {
      for await (const { status } of probeAll(names(), { servers: [address] })) expect(status).toBe('live');
    };
    await expect(run()).rejects.toBe(failure);
  });
});
