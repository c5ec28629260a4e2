import { describe, expect, it } from 'vitest';
import { fnv1a } from '../../src/util/hash.js';

describe('fnv1a', () => {
  // The test vectors of the authors: isthe.com/chongo/src/fnv/test_fnv.c
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('hashes %j as its authors do', (text, hash) => {
    expect(fnv1a(text) >>> 0).toBe(hash);
  });
});
