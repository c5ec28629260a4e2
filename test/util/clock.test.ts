import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/util/clock.js';

describe('the clock of the system', () => {
  it('never runs backwards', () => {
    const times = Array.from({ length: 1000 }, () => systemClock.now());
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('tells the time of day', () => {
    const before = Date.now();
    const time = systemClock.date().getTime();
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  it('calls back at the end of the turn, after what is in the same turn, once', async () => {
    const order: string[] = [];
    const ended = new Promise<void>((resolve) => {
      systemClock.endOfTurn(() => {
        order.push('end');
        resolve();
      });
    });
    order.push('turn');
    await Promise.resolve();
    order.push('promise');
    await ended;
    await new Promise((resolve) => void setImmediate(resolve));
    expect(order).toEqual(['turn', 'promise', 'end']);
  });
});

describe('a timer of the clock of the system', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('calls back, once, after a number of milliseconds', () => {
    const callback = vi.fn();
    systemClock.setTimer(100, callback);
    vi.advanceTimersByTime(99);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('does not call back after it has been cancelled', () => {
    const callback = vi.fn();
    systemClock.setTimer(100, callback)();
    vi.advanceTimersByTime(1000);
    expect(callback).not.toHaveBeenCalled();
  });
});
