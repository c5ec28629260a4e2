import { describe, expect, it } from 'vitest';
import { probe, probeAll } from '../../src/index.js';
import { honest } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { manyNames, one } from '../helpers/resolving.js';
import { serve } from '../helpers/serve.js';
import { collect } from './streams.js';

/** The number of canary queries to one server under one suffix. */
const canaries = 4;

describe.concurrent('probeAll', () => {
  it('yields results in completion order', async () => {
    const { hold, release } = act.gate();
    const order = ['third.dev', 'first.dev', 'fourth.dev', 'second.dev'];
    const server = await serve(honest(({ name }) => (order.includes(name) ? hold(one) : act.deny)));
    void server.received(4 + canaries).then(() => release(order[0]));
    const names: string[] = [];
    for await (const { name } of probeAll(order.toSorted(), { servers: [server.address] })) {
      names.push(name);
      const next = order[names.length];
      if (next !== undefined) release(next);
    }
    expect(names).toEqual(order);
  });

  it('keeps the completion order for a busy consumer', async () => {
    const { hold, release } = act.gate();
    const order = ['third.dev', 'first.dev', 'fourth.dev', 'second.dev'];
    const answers = ({ name }: { readonly name: string }) => (name === 'marker.dev' ? one : act.deny);
    const server = await serve(honest((query) => (order.includes(query.name) ? hold(one) : answers(query))));
    const results = probeAll(order.toSorted(), { servers: [server.address] });
    const first = results.next();
    await server.received(4 + canaries);
    release('third.dev');
    expect(await first).toMatchObject({ value: { name: 'third.dev' } });
    for (const name of order) {
      release(name);
      await probe('marker.dev', { servers: [server.address], canary: false });
    }
    const rest = await collect(results);
    expect(rest.map(({ name }) => name)).toEqual(order.slice(1));
  });

  const three = manyNames(3);
  async function* slowly() {
    for (const name of three) yield await Promise.resolve(name);
  }
  it.each([
    ['an array', () => three],
    ['a set', () => new Set(three)],
    ['the keys of a map', () => new Map(three.map((name) => [name, 1])).keys()],
    [
      'a generator',
      () =>
        (function* () {
          yield* three;
        })(),
    ],
    ['an async generator', slowly],
    [
      'a readable stream',
      () =>
        new ReadableStream<string>({
          start: (controller) => {
            for (const name of three) controller.enqueue(name);
            controller.close();
          },
        }),
    ],
    ['an iterable object', () => ({ [Symbol.iterator]: () => three.values() })],
    ['an async iterable object', () => ({ [Symbol.asyncIterator]: slowly })],
  ] as const)(
    'takes names from %s',
    async (_source, names: () => Iterable<string> | AsyncIterable<string>) => {
      const { address } = await serve(honest(() => one));
      const results = await collect(probeAll(names(), { servers: [address] }));
      expect(results.map(({ name }) => name).toSorted()).toEqual(three);
    },
  );

  it('yields nothing for no names', async () => {
    const server = await serve(() => one);
    expect(await collect(probeAll([], { servers: [server.address] }))).toEqual([]);
    expect(server.queries).toEqual([]);
  });

  it('goes on after something that is not a domain name', async () => {
    const { address } = await serve(honest(() => one));
    const names = ['a b', 'x1.dev', '', '..', 'x2.dev', 'a_b.dev'];
    const options = { servers: [address], concurrency: 1, canary: false };
    const results = await collect(probeAll(names, options));
    expect(results.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'a b unknown',
      'x1.dev live',
      ' unknown',
      '.. unknown',
      'x2.dev live',
      'a_b.dev unknown',
    ]);
  });

  it('keeps the results of concurrent runs apart', async () => {
    const { address } = await serve(honest(({ name }) => (name.startsWith('a') ? one : act.deny)));
    const run = (letter: string) =>
      collect(
        probeAll(
          manyNames(40).map((name) => letter + name),
          { servers: [address], concurrency: 9 },
        ),
      );
    const runs = await Promise.all(['a', 'b', 'a', 'c'].map(run));
    const expected = (letter: string, status: string) =>
      manyNames(40)
        .map((name) => `${letter}${name} ${status}`)
        .toSorted();
    expect(runs.map((run) => run.map(({ name, status }) => `${name} ${status}`).toSorted())).toEqual([
      expected('a', 'live'),
      expected('b', 'absent'),
      expected('a', 'live'),
      expected('c', 'absent'),
    ]);
  });
});
