import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { probe, probeAll } from '../../src/index.js';
import { honest, isRandom } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { manyNames, one } from '../helpers/resolving.js';
import { serve } from '../helpers/serve.js';
import {
  allArrived,
  countQueries,
  endless,
  outlastOneTry,
  serveWithSilences,
  serveWithSilentCanaries,
  timeout,
} from './streams.js';

describe.concurrent('an AbortSignal', () => {
  const reason = new Error('enough');

  it('that has fired before keeps a run from starting', async () => {
    const server = await serve(() => one);
    const source = endless();
    const options = { servers: [server.address], signal: AbortSignal.abort(reason) };
    await expect(probeAll(source.names(), options).next()).rejects.toBe(reason);
    await expect(probe('x.dev', options)).rejects.toBe(reason);
    expect(source.pulled).toBe(0);
    await allArrived(server);
    expect(countQueries(server)).toBe(0);
  });

  it('that fires with names in flight makes the run reject with its reason, and stops the queries', async () => {
    const server = await serveWithSilences();
    const source = endless();
    const controller = new AbortController();
    const { signal } = controller;
    const run = async () => {
      let results = 0;
      for await (const _result of probeAll(source.names(), {
        servers: [server.address],
        signal,
        timeout,
      })) {
        if (++results === 30) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    await allArrived(server);
    const queries = countQueries(server);
    await outlastOneTry(server);
    expect(countQueries(server)).toBe(queries);
    expect(source.returned).toBe(true);
  });

  it('that fires while a query is in flight makes probe reject at once', async () => {
    const server = await serve(() => act.silent);
    const controller = new AbortController();
    const result = probe('x.dev', { servers: [server.address], signal: controller.signal, timeout: 3600 });
    await server.received(1);
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('that fires while the source is pending makes the run reject at once', async () => {
    const controller = new AbortController();
    let pulled = () => {};
    const waiting = new Promise<void>((resolve) => {
      pulled = resolve;
    });
    const never = {
      next() {
        pulled();
        return new Promise<IteratorResult<string>>(() => {});
      },
    };
    const names = { [Symbol.asyncIterator]: () => never };
    const next = probeAll(names, { servers: ['127.0.0.1'], signal: controller.signal }).next();
    await waiting;
    controller.abort(reason);
    await expect(next).rejects.toBe(reason);
  });

  it('that fires while the consumer is busy stops the queries', async () => {
    const server = await serve({ 'x1.dev': one, 'x2.dev': act.silent });
    const controller = new AbortController();
    const { signal } = controller;
    const results = probeAll(manyNames(2), { servers: [server.address], signal, timeout });
    expect(await results.next()).toMatchObject({ value: { name: 'x1.dev' } });
    controller.abort(reason);
    await allArrived(server);
    const queries = server.queries.filter(({ name }) => name === 'x2.dev').length;
    await outlastOneTry(server);
    expect(server.queries.filter(({ name }) => name === 'x2.dev')).toHaveLength(queries);
    await expect(results.next()).rejects.toBe(reason);
  });

  it('that fires with canaries in flight stops them as well', async () => {
    const server = await serveWithSilentCanaries();
    const controller = new AbortController();
    const options = { servers: [server.address], signal: controller.signal, timeout };
    const results = probeAll(['x.dev', 'not a name'], options);
    expect(await results.next()).toMatchObject({ value: { name: 'not a name' } });
    await server.received(3);
    controller.abort(reason);
    await allArrived(server);
    const queries = countQueries(server);
    await outlastOneTry(server);
    expect(countQueries(server)).toBe(queries);
    expect(server.queries.some(({ name }) => isRandom(name))).toBe(true);
    await expect(results.next()).rejects.toBe(reason);
  });

  it('that many runs and calls share has few listeners', async () => {
    const server = await serve(() => act.silent);
    const controller = new AbortController();
    const options = { servers: [server.address], signal: controller.signal };
    const results = manyNames(40).flatMap((name) => [probe(name, options), probeAll([name], options).next()]);
    expect(getEventListeners(controller.signal, 'abort').length).toBeLessThan(10);
    controller.abort(reason);
    const settled = await Promise.allSettled(results);
    expect(settled).toEqual(Array(80).fill({ status: 'rejected', reason }));
  });

  it('that never fires is left without listeners', async () => {
    const server = await serve(honest(() => one));
    const { signal } = new AbortController();
    for await (const _result of probeAll(manyNames(5), { servers: [server.address], signal }));
    await Promise.all(manyNames(30).map((name) => probe(name, { servers: [server.address], signal })));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
