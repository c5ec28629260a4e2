import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createResender } from '../../../src/dns/transport/auto-resender.js';

const queries = (count: number) => Array.from({ length: count }, (_, index) => index);

function start() {
  vi.useFakeTimers();
  const sent: number[] = [];
  const resender = createResender<number>((query) => void sent.push(query));
  onTestFinished(() => {
    resender.clear();
    vi.useRealTimers();
  });
  return { resender, sent };
}

describe('a resender', () => {
  it('sends all queries in order, at the given rate', () => {
    const { resender, sent } = start();
    resender.add(queries(100), 1000);
    vi.advanceTimersByTime(50);
    expect(sent.length).toBeGreaterThan(40);
    expect(sent.length).toBeLessThan(60);
    vi.advanceTimersByTime(60);
    expect(sent).toEqual(queries(100));
  });

  it('sends a query again and again until it is dropped', () => {
    const { resender, sent } = start();
    resender.add([1, 2], 1000);
    vi.advanceTimersByTime(1100);
    expect(sent).toEqual([1, 2, 1, 2, 1, 2]);
    expect([resender.delete(1), resender.delete(1)]).toEqual([true, false]);
    vi.advanceTimersByTime(500);
    expect(sent.slice(6)).toEqual([2]);
  });

  it('sends little at a low rate', () => {
    const { resender, sent } = start();
    resender.add(queries(10), 10);
    vi.advanceTimersByTime(500);
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.length).toBeLessThan(8);
  });

  it('stops when it has no queries', () => {
    const { resender } = start();
    resender.add([1], 1000);
    vi.advanceTimersByTime(10);
    resender.delete(1);
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
