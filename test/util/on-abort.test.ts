import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onAbort } from '../../src/util/on-abort.js';

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('onAbort', () => {
  it('calls every function once, through one listener', () => {
    const controller = new AbortController();
    const { signal } = controller;
    const called: string[] = [];
    for (const name of ['a', 'b', 'c']) onAbort(signal, () => called.push(name));
    expect(listeners(signal)).toBe(1);
    controller.abort();
    expect(called).toEqual(['a', 'b', 'c']);
    expect(listeners(signal)).toBe(0);
  });

  it('calls a function twice that was passed twice, and forgets each call by itself', () => {
    const controller = new AbortController();
    let calls = 0;
    const count = () => {
      calls++;
    };
    const forget = onAbort(controller.signal, count);
    onAbort(controller.signal, count);
    onAbort(controller.signal, count);
    forget();
    forget();
    controller.abort();
    expect(calls).toBe(2);
  });

  it('leaves no listener after the last call is forgotten', () => {
    const { signal } = new AbortController();
    const [first, second] = [onAbort(signal, () => {}), onAbort(signal, () => {})];
    first();
    expect(listeners(signal)).toBe(1);
    second();
    expect(listeners(signal)).toBe(0);
    onAbort(signal, () => {});
    expect(listeners(signal)).toBe(1);
  });
});
