import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTcpWatch } from '../../../src/dns/transport/auto-watch.js';

/** Milliseconds between two looks: far more than this thread is ever blocked for. */
const interval = 40;
const queries = (count: number) => Array.from({ length: count }, (_, index) => index);

function start() {
  const overdue = vi.fn<(queries: readonly number[], areTooMany: boolean) => void>();
  const watch = createTcpWatch(() => interval, overdue);
  onTestFinished(() => void watch.takeAll());
  const isCalled = () => vi.waitFor(() => expect(overdue).toHaveBeenCalled(), { interval: 1 });
  return { watch, overdue, isCalled };
}

describe('the watch over TCP', () => {
  it('hands over all queries if nothing is answered', async () => {
    const { watch, overdue, isCalled } = start();
    for (const query of queries(3)) watch.add(query);
    await isCalled();
    expect(overdue.mock.calls[0]?.slice(0, 2)).toEqual([[0, 1, 2], true]);
    expect(watch.takeAll()).toEqual([]);
  });

  it('hands over only the queries that wait for long if others are answered', async () => {
    const { watch, overdue, isCalled } = start();
    watch.add(0);
    let next = 1;
    // One query at a time is added, and answered before the next.
    const answering = setInterval(() => {
      watch.settle(next++);
      watch.add(next);
    }, 5);
    await isCalled();
    clearInterval(answering);
    expect(overdue.mock.calls[0]?.slice(0, 2)).toEqual([[0], true]);
  });

  it('does not find one query in a thousand too many', async () => {
    const { watch, overdue, isCalled } = start();
    watch.add(-1);
    const answering = setInterval(() => {
      for (const query of queries(500)) {
        watch.add(query);
        watch.settle(query);
      }
    }, 5);
    await isCalled();
    clearInterval(answering);
    expect(overdue.mock.calls[0]?.slice(0, 2)).toEqual([[-1], false]);
  });

  it('forgets the queries that it is told to', async () => {
    const { watch, overdue, isCalled } = start();
    for (const query of queries(3)) watch.add(query);
    expect([watch.forget(1), watch.forget(1), watch.forget(7)]).toEqual([true, false, false]);
    await isCalled();
    expect(overdue.mock.calls[0]?.[0]).toEqual([0, 2]);
  });

  it('ends when there are no queries', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { watch } = start();
    watch.add(1);
    watch.takeAll();
    expect(vi.getTimerCount()).toBe(0);
  });
});
