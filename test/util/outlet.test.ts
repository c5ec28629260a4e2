import { describe, expect, it, vi } from 'vitest';
import { createOutlet } from '../../src/util/outlet.js';
import { createManualClock } from '../helpers/manual-clock.js';

/** Resolves when everything that can happen without a further event has happened. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A source whose items come in one batch, and which does not end. */
async function* endless(...items: readonly string[]) {
  yield items;
  await new Promise(() => {});
}

/** Whatever is accepted becomes its own result at once. */
function start() {
  const clock = createManualClock();
  const outlet = createOutlet<string>(clock);
  const accept = vi.fn((item: string): Promise<void> | undefined => void outlet.add(item));
  const producer = { accept, hasRoom: () => true, isBusy: () => false };
  return { clock, outlet, accept, producer };
}

describe('an outlet', () => {
  it('hands results on at the end of a turn, all of them together', async () => {
    const { clock, outlet, producer } = start();
    const taken = vi.fn();
    void outlet.results(endless('a', 'b'), producer).next().then(taken);
    await quiet();
    expect([taken.mock.calls, outlet.size()]).toEqual([[], 2]);
    clock.endTurn();
    await quiet();
    expect(taken.mock.calls).toEqual([[{ done: false, value: ['a', 'b'] }]]);
    expect(outlet.size()).toBe(0);
  });

  it('tells which results have been taken', async () => {
    const { clock, outlet, producer } = start();
    const taken = vi.fn();
    void outlet.results(endless('a', 'b'), { ...producer, taken }).next();
    await quiet();
    clock.endTurn();
    await quiet();
    expect(taken.mock.calls).toEqual([[['a', 'b']]]);
  });

  it('reads nothing while an item is being accepted', async () => {
    const { outlet, producer, accept } = start();
    let proceed = () => {};
    accept.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          proceed = resolve;
        }),
    );
    void outlet.results(endless('a', 'b'), producer).next();
    await quiet();
    expect(accept.mock.calls).toEqual([['a']]);
    proceed();
    await quiet();
    expect(accept.mock.calls).toEqual([['a'], ['b']]);
  });

  it('looks again for room when it is told to', async () => {
    const { outlet, producer, accept } = start();
    let hasRoom = false;
    void outlet.results(endless('a', 'b'), { ...producer, hasRoom: () => hasRoom }).next();
    await quiet();
    hasRoom = true;
    await quiet();
    expect(accept.mock.calls).toEqual([['a']]);
    outlet.freeRoom();
    await quiet();
    expect(accept.mock.calls).toEqual([['a'], ['b']]);
  });

  it('goes on after the last item as long as results are still to come', async () => {
    const { clock, outlet, producer } = start();
    let isBusy = true;
    async function* one() {
      yield ['a'];
    }
    const results = outlet.results(one(), { ...producer, accept: () => undefined, isBusy: () => isBusy });
    const first = results.next();
    await quiet();
    outlet.add('a');
    isBusy = false;
    clock.endTurn();
    expect(await first).toEqual({ done: false, value: ['a'] });
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('ends with the first error that it is stopped with', async () => {
    const { outlet, producer } = start();
    const results = outlet.results(endless(), producer);
    const first = results.next();
    await quiet();
    expect(outlet.isStopped()).toBe(false);
    outlet.stop(new Error('no room'));
    outlet.stop(new Error('another'));
    expect(outlet.isStopped()).toBe(true);
    await expect(first).rejects.toThrow('no room');
  });

  it('is stopped when nobody takes its results any longer', async () => {
    const { clock, outlet, producer } = start();
    const results = outlet.results(endless('a'), producer);
    const first = results.next();
    await quiet();
    clock.endTurn();
    await first;
    await results.return();
    expect(outlet.isStopped()).toBe(true);
  });
});
