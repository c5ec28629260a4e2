import { describe, expect, it } from 'vitest';
import { createSleeper } from '../../src/util/sleeper.js';
import { createVirtualClock } from '../simulation/virtual-clock.js';

describe('a sleeper', () => {
  it('resolves after the time has passed', async () => {
    const clock = createVirtualClock();
    const sleep = createSleeper(clock).sleep(250);
    await clock.play(sleep, 1000);
    expect(clock.now()).toBe(250);
  });

  it('never resolves after it has been closed', async () => {
    const clock = createVirtualClock();
    const sleeper = createSleeper(clock);
    const sleep = sleeper.sleep(250);
    sleeper.close();
    expect(clock.pending()).toBe(0);
    await expect(clock.play(sleep, 1000)).rejects.toThrow('stuck');
  });

  it('never resolves, and sets no timer, if it has been closed before', async () => {
    const clock = createVirtualClock();
    const sleeper = createSleeper(clock);
    sleeper.close();
    const sleep = sleeper.sleep(250);
    expect(clock.pending()).toBe(0);
    await expect(clock.play(sleep, 1000)).rejects.toThrow('stuck');
  });

  it('never resolves, and keeps no timer, once something else has happened', async () => {
    const clock = createVirtualClock();
    const sleep = createSleeper(clock).sleep(250, Promise.resolve());
    await Promise.resolve();
    expect(clock.pending()).toBe(0);
    await expect(clock.play(sleep, 1000)).rejects.toThrow('stuck');
  });
});
