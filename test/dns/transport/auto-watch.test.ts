import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTcpWatch } from '../../../src/dns/transport/auto-watch.js';

/** Milliseconds between two looks: far more than this thread is ever blocked for. */
const interval = 40;
const queries = (count: number) => Array.from({ length: count }, (_, index) => index);

function start(first: readonly number[] = []) {
  const inFlight = new Set(first);
  const overdue = vi.fn<(queries: readonly number[], areTooMany: boolean) => void>();
  const watch = createTcpWatch(
    () => interval,
    () => [...inFlight],
    overdue,
  );
  onTestFinished(watch.stop);
  watch.start();
  const isCalled = () => vi.waitFor(() => expect(overdue).toHaveBeenCalled(), { interval: 1 });
  return { watch, inFlight, overdue, isCalled };
}

describe('the watch over TCP', () => {
  it('hands over all queries if nothing is answered', async () => {
    const { inFlight, overdue, isCalled } = start(queries(3));
    await isCalled();
    expect(overdue.mock.calls[0]?.slice(0, 2)).toEqual([[...inFlight], true]);
  });

  it('hands over only the queries that wait for long if others are answered', async () => {
    const { watch, inFlight, overdue, isCalled } = start([0, 1]);
    let next = 1;
    // One query at a time is added, and answered before the next.
    const answering = setInterval(() => {
      inFlight.delete(next++);
      watch.countSettled();
      inFlight.add(next);
    }, 5);
    await isCalled();
    clearInterval(answering);
    expect(overdue.mock.calls[0]?.slice(0, 2)).toEqual([[0], true]);
  });

  it('does not find one query in a thousand too many', async () => {
    const { watch, overdue, isCalled } = start([-1]);
    const answering = setInterval(() => {
      for (const _ of queries(500)) watch.countSettled();
    }, 5);
    await isCalled();
    clearInterval(answering);
    expect(overdue.mock.calls[0]?.slice(0, 2)).toEqual([[-1], false]);
  });

  it.each([
    ['it is stopped', [1]],
    ['there are no queries', []],
  ])('does not go on looking when %s', async (_, first) => {
    const { watch, inFlight } = start(first);
    const looks = vi.spyOn(inFlight, Symbol.iterator);
    if (first.length > 0) watch.stop();
    await sleep(4 * interval);
    // One look, and whether there is anything to look at again.
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2);
  });
});
