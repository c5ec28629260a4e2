import { describe, expect, it } from 'vitest';
import { backOff } from '../../../src/dns/resolver/back-off.js';
import { withoutJitter } from './fakes.js';

describe('backOff', () => {
  it('doubles from 50 ms up to a second', () => {
    const pauses = [0, 1, 2, 3, 4, 5, 60].map((earlier) => backOff(earlier, withoutJitter));
    expect(pauses).toEqual([50, 100, 200, 400, 800, 1000, 1000]);
  });

  it.each([
    [0, 500],
    [0.75, 1250],
  ])(
    'has jitter of half the pause in both directions: with a fraction of %d it is %i ms',
    (fraction, pause) => {
      expect(backOff(10, { fraction: () => fraction })).toBe(pause);
    },
  );
});
