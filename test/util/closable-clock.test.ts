import { describe, expect, it } from 'vitest';
import { createClosableClock } from '../../src/util/closable-clock.js';
import { createManualClock } from '../helpers/manual-clock.js';

describe('a closable clock', () => {
  it('runs its timers, and not those that have been cancelled', () => {
    const outer = createManualClock();
    const { clock } = createClosableClock(outer);
    const ran: string[] = [];
    clock.setTimer(5, () => ran.push(`kept at ${clock.now()}`));
    clock.setTimer(5, () => ran.push('cancelled'))();
    outer.pass(5);
    expect(ran).toEqual(['kept at 5']);
  });

  it('runs no timer after it has been closed', () => {
    const outer = createManualClock();
    const { clock, close } = createClosableClock(outer);
    const ran: string[] = [];
    clock.setTimer(5, () => ran.push('before'));
    close();
    clock.setTimer(5, () => ran.push('after'))();
    outer.pass(5);
    expect(ran).toEqual([]);
    expect(outer.timers()).toBe(0);
  });
});
