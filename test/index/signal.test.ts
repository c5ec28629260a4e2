import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { probe, probeAll } from '../../src/index.js';
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

describe('an AbortSignal', () => {
  const reason = new Error('enough');

  it('that fired before lets nothing begin', async () => {
    const server = await serve(() => one);
    const source = endless();
    const options = { servers: [server.address], signal: AbortSignal.abort(reason) };
    await expect(probeAll(source.names(), options).next()).rejects.toBe(reason);
    await expect(probe('x.dev', options)).rejects.toBe(reason);
    expect(source.pulled).toBe(0);
    await allArrived(server);
    expect(queriesOf(server)).toBe(1);
  });

  it('that fires with names in flight rejects with its reason and asks nothing more', async () => {
    const server = await withSilences();
    const source = endless();
    const controller = new AbortController();
    const { signal } = controller;
    const run = async () => {
      let results = 0;
      for await (const _result of probeAll(source.names(), {
        servers: [server.address],
        signal,
        timeout: 0.1,
      })) {
        if (++results === 30) controller.abort(reason);
      }
    };
    await expect(run()).rejects.toBe(reason);
    await allArrived(server);
    const queries = queriesOf(server);
    await outlastOneTry(server);
    expect(queriesOf(server)).toBe(queries);
    expect(source.returned).toBe(true);
  });

  it('that fires while there is no reply rejects at once', async () => {
    const server = await serve(() => act.silent);
    const controller = new AbortController();
    const result = probe('x.dev', { servers: [server.address], signal: controller.signal, timeout: 3600 });
    await server.received(1);
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('that fires while the source has nothing to give rejects at once', async () => {
    const controller = new AbortController();
    let asked = () => {};
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const never = {
      next() {
        asked();
        return new Promise<IteratorResult<string>>(() => {});
      },
    };
    const names = { [Symbol.asyncIterator]: () => never };
    const next = probeAll(names, { servers: ['127.0.0.1'], signal: controller.signal }).next();
    await waiting;
    controller.abort(reason);
    await expect(next).rejects.toBe(reason);
  });

  it('that fires while its consumer is busy stops what is in flight', async () => {
    const server = await serve({ 'x1.dev': one, 'x2.dev': act.silent, 'marker.dev': act.lose(3, one) });
    const controller = new AbortController();
    const { signal } = controller;
    const results = probeAll(manyNames(2), { servers: [server.address], signal, timeout: 0.1 });
    expect(await results.next()).toMatchObject({ value: { name: 'x1.dev' } });
    controller.abort(reason);
    const queries = server.queries.filter(({ name }) => name === 'x2.dev').length;
    await outlastOneTry(server);
    expect(server.queries.filter(({ name }) => name === 'x2.dev')).toHaveLength(queries);
    await expect(results.next()).rejects.toBe(reason);
  });

  it('that fires with canaries in flight has them asked no more', async () => {
    const server = await withSilentCanaries();
    const controller = new AbortController();
    const options = { servers: [server.address], signal: controller.signal, timeout: 0.1 };
    const results = probeAll(['refused.dev', 'x.dev'], options);
    expect(await results.next()).toMatchObject({ value: { name: 'refused.dev' } });
    controller.abort(reason);
    await allArrived(server);
    const queries = queriesOf(server);
    await outlastOneTry(server);
    expect(queriesOf(server)).toBe(queries);
    expect(server.queries.some(({ name }) => isMadeUp(name))).toBe(true);
    await expect(results.next()).rejects.toBe(reason);
  });

  it('that never fires is left alone', async () => {
    const server = await serve(honest(() => one));
    const { signal } = new AbortController();
    for await (const _result of probeAll(manyNames(5), { servers: [server.address], signal }));
    await Promise.all(manyNames(30).map((name) => probe(name, { servers: [server.address], signal })));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
