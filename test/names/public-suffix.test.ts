import { describe, expect, it } from 'vitest';
import { isPublicSuffix, mayBePublicSuffix, publicSuffixOf } from '../../src/names/public-suffix.js';
import { topLevelDomainsOf } from '../../src/names/top-level-domains/index.js';

describe('a public suffix', () => {
  it.each(['name.ck', 'co.uk', 'foo.kobe.jp', 'xn--o1ac.xn--90a3ac', 'x.pro', 'airline.aero', 'uk'])(
    'may be a name like %s',
    (name) => expect(mayBePublicSuffix(name)).toBe(true),
  );

  it.each(['for.dev', 'a.b.com', 'www.for.app'])('can be no name like %s', (name) =>
    expect(mayBePublicSuffix(name)).toBe(false),
  );

  it.each(['name.ck', 'co.uk', 'foo.kobe.jp', 'airline.aero', 'uk'])('is %s', async (name) =>
    expect(await isPublicSuffix(name)).toBe(true),
  );

  it.each([
    'www.ck',
    'a.name.ck',
    'city.kobe.jp',
    'x.uk',
    'for.dev',
    // The suffix of an owner, who has registered it.
    'github.io',
  ])('is not %s', async (name) => expect(await isPublicSuffix(name)).toBe(false));

  it('is not missed under any top-level domain at which a whole level is one', async () => {
    const names = topLevelDomainsOf('all').map((tld) => `blogdom.${tld}`);
    const suffixes = await Promise.all(names.map(isPublicSuffix));
    const missed = names.filter((name, index) => suffixes[index] && !mayBePublicSuffix(name));
    expect(suffixes).toContain(true);
    expect(missed).toEqual([]);
  });
});

it.each([
  ['the one that the word was put under', { name: 'for.co.uk', word: 'for', tld: 'co.uk' }, 'co.uk'],
  [
    'what the public suffix list says of a whole name',
    { name: 'for.co.uk', word: 'for.co', tld: 'uk' },
    'co.uk',
  ],
  [
    'its last label if a whole name is a public suffix itself',
    { name: 'a.co.uk', word: 'a.co', tld: 'uk' },
    'co.uk',
  ],
  [
    'the last label of a whole name that the list does not know',
    { name: 'a.b.corp', word: 'a.b', tld: 'corp' },
    'corp',
  ],
])('the suffix whose name servers are asked is %s', async (_, candidate, suffix) => {
  expect(await publicSuffixOf(candidate)).toBe(suffix);
});
