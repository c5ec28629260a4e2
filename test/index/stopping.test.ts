import { describe, expect, it } from 'vitest';
import { probeAll } from '../../src/index.js';
import { honest } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { manyNames, one, serve } from '../helpers/resolving.js';
import {
  allArrived,
  endless,
  isMadeUp,
  outlastOneTry,
  queriesOf,
  withSilences,
  withSilentCanaries,
} from './running.js';

describe('an endless source', () => {
  it('is pulled from no further than there is room, and no more once its consumer stops', async () => {
    const server = await withSilences();
    const source = endless();
    let results = 0;
    for await (const _result of probeAll(source.names(), {
      servers: [server.address],
      concurrency: 20,
      timeout: 0.1,
    })) {
      results++;
      expect(source.pulled).toBeLessThanOrEqual(results + 2 * 20 + 1);
      if (results === 50) break;
    }
    await allArrived(server);
    const queries = queriesOf(server);
    const { pulled } = source;
    await outlastOneTry(server);
    expect(queriesOf(server)).toBe(queries);
    expect(source.pulled).toBe(pulled);
    expect(source.returned).toBe(true);
  });

  it('waits for a consumer that takes its time', async () => {
    const server = await serve(honest(() => one));
    const source = endless();
    let results = 0;
    for await (const _result of probeAll(source.names(), { servers: [server.address], concurrency: 5 })) {
      results++;
      await allArrived(server);
      // As many as are in flight may wait, and each of those in flight comes on top: of this batch and the next.
      expect(source.pulled).toBeLessThanOrEqual(results + 4 * 5);
      if (results === 12) break;
    }
  });

  it('has no more names in flight than the concurrency', async () => {
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

it('a name that comes after the consumer stopped is not asked for', async () => {
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

it('canaries are not asked again once the consumer stopped', async () => {
  const server = await withSilentCanaries();
  const names = ['refused.dev', 'x.dev'];
  for await (const { name } of probeAll(names, { servers: [server.address], timeout: 0.1 })) {
    expect(name).toBe('refused.dev');
    break;
  }
  await allArrived(server);
  const queries = queriesOf(server);
  await outlastOneTry(server);
  expect(queriesOf(server)).toBe(queries);
  expect(server.queries.some(({ name }) => isMadeUp(name))).toBe(true);
});

describe('a source that fails', () => {
  const failure = new Error('the file is gone');
  const sources: readonly (readonly [string, () => Iterable<string> | AsyncIterable<string>])[] = [
    [
      'throws',
      function* () {
        yield* manyNames(3);
        throw failure;
      },
    ],
    [
      'throws later',
      async function* () {
        yield* manyNames(3);
        throw failure;
      },
    ],
    [
      'throws at the start',
      () => ({
        [Symbol.iterator]: () => ({
          next: () => {
            throw failure;
          },
        }),
      }),
    ],
    ['rejects', () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failure) }) })],
  ];

  it.each(sources)('as it %s ends the results with its error', async (_what, names) => {
    const { address } = await serve(honest(() => one));
    const run = async () => {
      for await (const { status } of probeAll(names(), { servers: [address] })) expect(status).toBe('live');
    };
    await expect(run()).rejects.toBe(failure);
  });
});
