import { describe, expect, it } from 'vitest';
import { createWaiter } from '../../src/util/waiter.js';

/** Resolves when everything that can happen without a further event has happened. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createWaiter', () => {
  it('pauses a function until it is woken', async () => {
    const waiter = createWaiter();
    let isAwake = false;
    const paused = waiter.wait().then(() => {
      isAwake = true;
    });
    await quiet();
    expect(isAwake).toBe(false);
    waiter.wake();
    await paused;
    expect(isAwake).toBe(true);
  });

  it('can be used again', async () => {
    const waiter = createWaiter();
    for (let turn = 0; turn < 3; turn++) {
      const paused = waiter.wait();
      waiter.wake();
      await paused;
    }
  });

  it('does not keep a wake for a later wait', async () => {
    const waiter = createWaiter();
    waiter.wake();
    let isAwake = false;
    void waiter.wait().then(() => {
      isAwake = true;
    });
    await quiet();
    expect(isAwake).toBe(false);
  });
});
