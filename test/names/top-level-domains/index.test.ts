import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseName } from '../../../src/names/domain-name.js';
import { groupNames, topLevelDomainsOf } from '../../../src/names/top-level-domains/index.js';

const published = '../shared/data/tlds-alpha-by-domain.txt';
const all = topLevelDomainsOf('all');

describe('the top-level domains', () => {
  it.skipIf(!existsSync(published))('are those of the list of IANA', () => {
    const [, ...lines] = readFileSync(published, 'utf8').trim().split('\n');
    expect(all).toEqual(lines.map((line) => line.toLowerCase()));
  });

  it('are 1,438 names', () => {
    expect(all).toHaveLength(1438);
    for (const name of all) expect(parseName(name)).toMatchObject({ name });
  });
});

describe('a group of top-level domains', () => {
  it.each(groupNames)('has only members that exist, each once: %s', (group) => {
    const members = topLevelDomainsOf(group);
    expect(members.length).toBeGreaterThan(0);
    expect(new Set(members).size).toBe(members.length);
    expect(members.filter((name) => !all.includes(name))).toEqual([]);
  });

  it('of open domains has none of brands, and none that the public cannot use', () => {
    const open = topLevelDomainsOf('open');
    expect(open).toHaveLength(1438 - 363 - 9);
    for (const name of ['com', 'dev', 'se', 'monster', 'xn--p1ai']) expect(open).toContain(name);
    for (const name of ['google', 'bmw', 'arpa', 'mil', 'sj', 'xn--flw351e'])
      expect(open).not.toContain(name);
  });

  it('of country codes has those of two letters and the internationalized ones', () => {
    const countries = topLevelDomainsOf('country');
    const short = topLevelDomainsOf('short');
    expect(short.length).toBeGreaterThan(240);
    for (const name of [...short, 'xn--p1ai', 'xn--fiqs8s', 'xn--qxam']) expect(countries).toContain(name);
    for (const name of ['com', 'xn--p1acf', 'xn--80adxhks']) expect(countries).not.toContain(name);
  });

  it('of generic domains has all others but arpa', () => {
    const generic = topLevelDomainsOf('generic');
    expect(generic.length + topLevelDomainsOf('country').length + 1).toBe(all.length);
    for (const name of ['com', 'dev', 'xn--p1acf']) expect(generic).toContain(name);
    for (const name of ['arpa', 'de', 'xn--p1ai']) expect(generic).not.toContain(name);
  });
});
