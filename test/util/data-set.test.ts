import { describe, expect, it } from 'vitest';
import { oldOnes } from '../../src/util/data-set.js';

describe('oldOnes', () => {
  const set = { name: 'list', day: '2026-07-24' };

  it.each([
    ['2026-12-01T00:00:00Z', false],
    ['2027-07-24T00:00:00Z', false],
    ['2027-07-24T00:00:01Z', true],
    ['2030-01-01T00:00:00Z', true],
  ])('at %s: a data set of 2026-07-24 is one: %s', (now, isOld) => {
    expect(oldOnes([set], new Date(now))).toEqual(isOld ? [set] : []);
  });
});
