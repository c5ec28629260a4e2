import { describe, expect, it } from 'vitest';
import { createEvent } from '../../src/util/event.js';

/** Resolves when everything that can happen without a further event has happened. */
const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createEvent', () => {
  it('wakes all that wait for the event when it happens', async () => {
    const event = createEvent();
    const awake: string[] = [];
    for (const name of ['a', 'b']) void event.next().then(() => awake.push(name));
    await quiet();
    expect(awake).toEqual([]);
    event.emit();
    await quiet();
    expect(awake).toEqual(['a', 'b']);
  });

  it('lets the event happen again and again', async () => {
    const event = createEvent();
    for (let time = 0; time < 3; time++) {
      const next = event.next();
      event.emit();
      await next;
    }
  });

  it('does not wake those that begin to wait after the event', async () => {
    const event = createEvent();
    event.emit();
    let isAwake = false;
    void event.next().then(() => {
      isAwake = true;
    });
    await quiet();
    expect(isAwake).toBe(false);
  });
});
