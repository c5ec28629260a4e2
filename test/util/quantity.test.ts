import { describe, expect, it } from 'vitest';
import { describeDuration, grouped } from '../../src/util/quantity.js';

describe('describeDuration', () => {
  it.each([
    [0, '0.00 s'],
    [0.123, '0.12 s'],
    [3.14, '3.1 s'],
    [45.4, '45 s'],
    [59.6, '1 min'],
    [125, '2 min 5 s'],
    [3600, '1 h'],
    [11_050, '3 h 4 min'],
    [7_199, '2 h'],
    [1_036_800, '12 days'],
    [1e11, '1,157,407 days'],
  ])('describes %d seconds as %s', (seconds, text) => {
    expect(describeDuration(seconds)).toBe(text);
  });
});

describe('grouped', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_234_567, '1,234,567'],
  ])('writes %d as %s', (count, text) => {
    expect(grouped(count)).toBe(text);
  });
});
