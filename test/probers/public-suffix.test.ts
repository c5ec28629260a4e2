import { expect, it } from 'vitest';
import { publicSuffixOf } from '../../src/probers/public-suffix.js';

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
