import { describe, expect, it } from 'vitest';
import type { ProbeResult, Status } from '../../src/probe/result.js';
import type { Confirm } from '../../src/registries/confirm.js';
import { confirmAll } from '../../src/registries/confirm-all.js';
import { createGate } from '../helpers/gate.js';

function resultOf(name: string, status: Exclude<Status, 'unknown'> = 'absent'): ProbeResult {
  return { name, word: '', tld: '', status, addresses: [], tries: 1, ms: 1, evidence: [] };
}

const absent = (count: number, tld: string) =>
  Array.from({ length: count }, (_, index) => resultOf(`x${index}.${tld}`));

async function* each(...batches: ProbeResult[][]): AsyncGenerator<ProbeResult[]> {
  yield* batches;
}

/** Confirms when the gate is open for the suffix. */
function confirmAt(gate: ReturnType<typeof createGate>): Confirm {
  return (result) =>
    new Promise((resolve) =>
      gate.pass(result.name.replace(/^.*\./, ''), () => resolve({ ...result, status: 'unregistered' })),
    );
}

const limits = { confirming: 10, done: 100 };

/** Collects results until there are as many as expected. */
async function take(results: AsyncIterator<ProbeResult[]>, count: number): Promise<ProbeResult[]> {
  const taken: ProbeResult[] = [];
  while (taken.length < count) taken.push(...((await results.next()).value ?? expect.fail('Expected more')));
  return taken;
}

describe('confirmAll', () => {
  it('yields each result once, confirmed if it is absent', async () => {
    const gate = createGate();
    gate.release();
    const results: ProbeResult[] = [];
    const batches = [absent(3000, 'dev'), [resultOf('live.dev', 'live')], absent(2000, 'app')];
    for await (const batch of confirmAll(each(...batches), confirmAt(gate), undefined, { limits })) {
      results.push(...batch);
    }
    expect(results.length).toBe(5001);
    expect(new Set(results.map(({ name }) => name)).size).toBe(5001);
    expect(results.filter(({ status }) => status === 'unregistered').length).toBe(5000);
  });

  it('yields results that need no registry while thousands of others wait', async () => {
    const gate = createGate();
    const batches = [absent(3000, 'dev'), [resultOf('live.dev', 'live')], absent(3000, 'dev')];
    const last = [resultOf('bare.dev', 'taken')];
    const results = confirmAll(each(...batches, last), confirmAt(gate), undefined, { limits });
    const names = (await take(results, 2)).map(({ name }) => name);
    expect(names).toEqual(['live.dev', 'bare.dev']);
    gate.release();
    expect(await take(results, 6000)).toHaveLength(6000);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('yields the results of one registry while thousands wait for another', async () => {
    const gate = createGate();
    gate.release('app');
    const results = confirmAll(each(absent(3000, 'dev'), absent(50, 'app')), confirmAt(gate), undefined, {
      limits,
    });
    for (const { name } of await take(results, 50)) expect(name).toMatch(/\.app$/);
    gate.release();
    expect(await take(results, 3000)).toHaveLength(3000);
    await results.return();
  });

  it('confirms only so many of one top-level domain at once', async () => {
    let [inFlight, peak] = [0, 0];
    const confirm: Confirm = async (result) => {
      peak = Math.max(peak, ++inFlight);
      await new Promise(setImmediate);
      inFlight--;
      return result;
    };
    const results = confirmAll(each(absent(100, 'dev')), confirm, undefined, { limits });
    for await (const _batch of results);
    expect(peak).toBe(10);
  });

  it('confirms only so many of each top-level domain at once', async () => {
    let inFlight = 0;
    const confirm: Confirm = () => {
      inFlight++;
      return new Promise(() => {});
    };
    const batches = each(absent(100, 'dev'), absent(100, 'app'), [resultOf('live.dev', 'live')]);
    const results = confirmAll(batches, confirm, undefined, { limits });
    await take(results, 1);
    expect(inFlight).toBe(20);
  });

  it('confirms 200 of one top-level domain at once, if nothing else is said', async () => {
    let inFlight = 0;
    const confirm: Confirm = () => {
      inFlight++;
      return new Promise(() => {});
    };
    const results = confirmAll(each(absent(300, 'dev'), [resultOf('live.dev', 'live')]), confirm);
    await take(results, 1);
    expect(inFlight).toBe(200);
  });

  it('confirms live and taken names, too, if all are in the scope', async () => {
    const gate = createGate();
    gate.release();
    const batches = each([resultOf('a.dev', 'live'), resultOf('b.dev', 'taken')]);
    const results = confirmAll(batches, confirmAt(gate), undefined, { scope: 'all' });
    for (const { status } of await take(results, 2)) expect(status).toBe('unregistered');
  });

  it('throws the error of a confirmation', async () => {
    const confirm: Confirm = async () => {
      throw new Error('broken');
    };
    await expect(confirmAll(each(absent(1, 'dev')), confirm).next()).rejects.toThrow('broken');
  });

  it('confirms no more when it has been left', async () => {
    let confirmed = 0;
    const waiting: (() => void)[] = [];
    const confirm: Confirm = (result) => {
      confirmed++;
      return new Promise((resolve) => waiting.push(() => resolve(result)));
    };
    const batches = each(absent(100, 'dev'), [resultOf('live.dev', 'live')]);
    const results = confirmAll(batches, confirm, undefined, { limits });
    await take(results, 1);
    await results.return();
    for (const resolve of waiting) resolve();
    await new Promise(setImmediate);
    expect(confirmed).toBe(10);
  });

  it('goes on each time that as many results have been taken as there is room for', async () => {
    const confirm: Confirm = async (result) => result;
    const options = { limits: { confirming: 1, done: 2 } };
    const sizes: number[] = [];
    for await (const { length } of confirmAll(each(absent(6, 'dev')), confirm, undefined, options))
      sizes.push(length);
    expect(sizes).toEqual([2, 2, 2]);
  });

  it('stops confirming while nobody takes the results', async () => {
    let confirmed = 0;
    const confirm: Confirm = async (result) => {
      confirmed++;
      return result;
    };
    const results = confirmAll(each(absent(1000, 'dev')), confirm, undefined, { limits });
    const { value: first } = await results.next();
    const taken = first ? first.length : expect.fail('Expected results');
    for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
    expect(confirmed).toBeLessThan(taken + limits.done + limits.confirming + 1);
    expect(await take(results, 1000 - taken)).toHaveLength(1000 - taken);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const results = confirmAll(each(absent(1000, 'dev')), confirmAt(createGate()), stop.signal, { limits });
    const next = results.next();
    stop.abort(new Error('stopped'));
    await expect(next).rejects.toThrow('stopped');
  });

  it('throws the error of the source', async () => {
    async function* failing(): AsyncGenerator<ProbeResult[]> {
      yield [resultOf('live.dev', 'live')];
      throw new Error('broken');
    }
    const results = confirmAll(failing(), confirmAt(createGate()), undefined, { limits });
    await take(results, 1);
    await expect(results.next()).rejects.toThrow('broken');
  });
});
