import { describe, expect, it } from 'vitest';
import { type ProbeOptions, probe } from '../../src/index.js';
import { honest, isRandom } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { manyNames, one } from '../helpers/resolving.js';
import { serve } from '../helpers/serve.js';
import { allArrived } from './streams.js';

const probeAtOnce = (names: readonly string[], options: ProbeOptions) =>
  Promise.all(names.map((name) => probe(name, { ...options })));

/** Says that the names of a list are live, and all others do not exist. */
const knowing = (names: readonly string[]) => honest(({ name }) => (names.includes(name) ? one : act.deny));

const countSockets = ({ queries }: act.NameServer): number =>
  new Set(queries.map(({ transport, port }) => `${transport} ${port}`)).size;

describe.concurrent('parallel calls of probe with equal options', () => {
  it('are all answered, through few sockets and with few canaries', async () => {
    const server = await serve(knowing(manyNames(1000)));
    const results = await probeAtOnce(manyNames(1000), { servers: [server.address] });
    expect(results.map(({ name, status }) => `${name} ${status}`)).toEqual(
      manyNames(1000).map((name) => `${name} live`),
    );
    expect(countSockets(server)).toBeLessThan(10);
    // At most one query in ten is a canary, a third of these ask for long random names; and some are sent again or at the end.
    expect(server.queries.filter(({ name }) => isRandom(name)).length).toBeLessThan(100);
  }, 60_000);

  it('have at most `concurrency` names in flight together', async () => {
    const { hold, release } = act.gate();
    const server = await serve(({ name }) => (name === 'arrived.dev' ? one : hold(one)));
    const options = { servers: [server.address], concurrency: 3, canary: false };
    const results = probeAtOnce(manyNames(5), options);
    await server.received(3);
    await allArrived(server);
    expect(server.queries.map(({ name }) => name)).toEqual(['x1.dev', 'x2.dev', 'x3.dev', 'arrived.dev']);
    release();
    expect((await results).map(({ status }) => status)).toEqual(Array(5).fill('live'));
  });

  it('do not wait for those that are aborted', async () => {
    const server = await serve(({ name }) => (name === 'y.dev' ? one : act.silent));
    const options = { servers: [server.address], concurrency: 1, canary: false };
    const controller = new AbortController();
    const { signal } = controller;
    const aborted = manyNames(3).map((name) => probe(name, { ...options, signal }).catch(String));
    const answered = probe('y.dev', options);
    await server.received(1);
    controller.abort('enough');
    expect(await Promise.all(aborted)).toEqual(['enough', 'enough', 'enough']);
    expect((await answered).status).toBe('live');
    expect(new Set(server.queries.map(({ name }) => name))).toEqual(new Set(['x1.dev', 'y.dev']));
  });
});

describe('consecutive calls of probe with equal options', () => {
  it('share their socket if each begins when the one before it has ended', async () => {
    const server = await serve(knowing(manyNames(3)));
    for (const name of manyNames(3)) await probe(name, { servers: [server.address] });
    // A socket is used for 16 queries in a row.
    expect(countSockets(server)).toBeLessThan(3);
  });

  it('have sockets of their own if other events come between them', async () => {
    const server = await serve(knowing(manyNames(3)));
    for (const name of manyNames(3)) {
      await probe(name, { servers: [server.address] });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    // The system may give the same port twice.
    expect(countSockets(server)).toBeGreaterThan(1);
  });
});
