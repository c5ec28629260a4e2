import { describe, expect, it } from 'vitest';
import { allCountries, countriesOf, mostPopulous } from '../../../src/commands/flags/countries.js';

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

describe('the countries', () => {
  it('are the 249 of ISO 3166-1, each once, in alphabetical order', () => {
    expect(allCountries).toHaveLength(249);
    expect(new Set(allCountries).size).toBe(249);
    expect(allCountries).toEqual(allCountries.toSorted());
    for (const code of allCountries) expect(names.of(code), code).toBeTruthy();
  });

  it('have the 20 most populous among them', () => {
    expect(new Set(mostPopulous).size).toBe(20);
    expect(mostPopulous.filter((code) => !allCountries.includes(code))).toEqual([]);
  });

  it.each([
    ['br', ['BR']],
    ['d', ['DE', 'DJ', 'DK', 'DM', 'DO', 'DZ']],
    ['X', []],
    ['XX', []],
    ['', []],
    ['ß', []],
  ])('of %j are known', (text, codes) => {
    expect(countriesOf(text)).toEqual(codes);
  });
});
