import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/util/random.js';

describe('the random numbers of the system', () => {
  it('are different 16-bit numbers without a sequence, more of them than are drawn at a time', () => {
    const numbers = Array.from({ length: 5000 }, systemRandom.uint16);
    const isInRange = (number: number) => Number.isInteger(number) && number >= 0 && number < 0x10000;
    expect(numbers.filter((number) => !isInRange(number))).toEqual([]);
    const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
    // Of 5000 random numbers, about 185 are the same as another one.
    expect(new Set(numbers).size).toBeGreaterThan(4000);
    expect(new Set(steps).size).toBeGreaterThan(4000);
  });

  it('are all the whole numbers below a limit', () => {
    const numbers = Array.from({ length: 1000 }, () => systemRandom.below(3));
    expect(new Set(numbers)).toEqual(new Set([0, 1, 2]));
  });

  it('are fractions from 0 to below 1', () => {
    const fractions = Array.from({ length: 1000 }, systemRandom.fraction);
    expect(fractions.filter((fraction) => !(fraction >= 0 && fraction < 1))).toEqual([]);
    expect(new Set(fractions).size).toBeGreaterThan(900);
  });
});
