import { describe, expect, it } from 'vitest';
import {
  allCountries,
  findCountries,
  mostPopulous,
  otherCountries,
} from '../../../src/commands/flags/countries.js';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

describe('allCountries', () => {
  it('has the 194 codes of the site, each once, in alphabetical order', () => {
    expect(new Set(allCountries).size).toBe(194);
    expect(allCountries).toHaveLength(194);
    expect(allCountries).toEqual(allCountries.toSorted());
  });
});

describe('allCountries and otherCountries', () => {
  it('have the 249 codes of ISO 3166-1 together, each once', () => {
    const codes = [...allCountries, ...otherCountries];
    expect(codes).toHaveLength(249);
    expect(new Set(codes).size).toBe(249);
    for (const code of codes) expect(names.of(code), code).toBeTruthy();
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
    ['aq', ['AQ']],
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
