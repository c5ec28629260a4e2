import { describe, expect, it } from 'vitest';
import { withinTime } from '../../../src/registries/client/time-limit.js';
import { createManualClock } from '../../helpers/manual-clock.js';

describe('withinTime', () => {
  it('aborts the signal with a TimeoutError when the time has run out', async () => {
    const clock = createManualClock();
    const result = withinTime(
      100,
      clock,
      (signal) =>
        new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason))),
    );
    clock.pass(99);
    expect(clock.timers()).toBe(1);
    clock.pass(1);
    expect(await result).toMatchObject({ name: 'TimeoutError', message: 'The time has run out' });
  });

  it('leaves no timer behind, whether the function returns or throws', async () => {
    const clock = createManualClock();
    expect(await withinTime(100, clock, async () => 'done')).toBe('done');
    await expect(withinTime(100, clock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(clock.timers()).toBe(0);
  });
});
