import { describe, expect, it } from 'vitest';
import { topLevelDomainsOf } from '../../src/names/top-level-domains/index.js';
import { webPageOf } from '../../src/registries/web-pages.js';

describe('webPageOf', () => {
  it.each([
    ['es', 'https://www.dominios.es/en'],
    ['com.es', 'https://www.dominios.es/en'],
    ['aq', 'https://www.iana.org/domains/root/db/aq.html'],
    ['xn--p1ai', 'https://www.iana.org/domains/root/db/xn--p1ai.html'],
  ])('finds the page for .%s', (suffix, page) => {
    expect(webPageOf(suffix)).toBe(page);
  });

  it.each(['example', 'toString', ''])('finds none for %j, which is no top-level domain', (suffix) => {
    expect(webPageOf(suffix)).toBeUndefined();
  });

  it('finds a valid page for each top-level domain', () => {
    for (const tld of topLevelDomainsOf('all'))
      expect(URL.canParse(webPageOf(tld) ?? '') && webPageOf(tld)).toMatch(/^https?:/);
  });
});
