import { describe, expect, it } from 'vitest';
import { allCountries, findCountries, mostPopulous } from '../../../src/commands/flags/countries.js';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

describe('allCountries', () => {
  it('has the 249 codes of ISO 3166-1, each once, in alphabetical order', () => {
    expect(allCountries).toHaveLength(249);
    expect(new Set(allCountries).size).toBe(249);
    expect(allCountries).toEqual(allCountries.toSorted());
    for (const code of allCountries) expect(names.of(code), code).toBeTruthy();
  });
});

describe('mostPopulous', () => {
  it('has 20 of all countries', () => {
    expect(new Set(mostPopulous).size).toBe(20);
    expect(mostPopulous.filter((code) => !allCountries.includes(code))).toEqual([]);
  });
});

describe('findCountries', () => {
  it.each([
    ['br', ['BR']],
    ['BR', ['BR']],
    ['d', ['DE', 'DJ', 'DK', 'DM', 'DO', 'DZ']],
    ['X', []],
    ['XX', []],
    ['', []],
    ['ß', []],
  ])('returns for %j the codes %j', (text, codes) => {
    expect(findCountries(text)).toEqual(codes);
  });
});
