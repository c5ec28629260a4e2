import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openThrottle } from '../../src/util/throttle.js';

describe('openThrottle', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('calls the action soon after the first request, but not within it', () => {
    const action = vi.fn();
    openThrottle(action, 100).request();
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledOnce();
  });

  it('calls the action once for all requests within an interval, and after the last of them', () => {
    const action = vi.fn();
    const throttle = openThrottle(action, 100);
    throttle.request();
    vi.advanceTimersByTime(1);
    throttle.request();
    throttle.request();
    vi.advanceTimersByTime(98);
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2);
    expect(action).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    expect(action).toHaveBeenCalledTimes(2);
  });

  it('does not call the action after the request is cancelled', () => {
    const action = vi.fn();
    const throttle = openThrottle(action, 100);
    throttle.request();
    throttle.cancel();
    vi.advanceTimersByTime(1000);
    expect(action).not.toHaveBeenCalled();
  });
});
