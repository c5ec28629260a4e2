import { describe, expect, it } from 'vitest';
import { parseWord } from '../../src/names/expansion.js';
import { inShard, parseShard, shardOf } from '../../src/names/shard.js';
import { under } from './under.js';

describe('parseShard', () => {
  it.each([
    ['1/1', 1, 1],
    ['2/3', 2, 3],
    ['999999999/999999999', 999_999_999, 999_999_999],
  ])('parses %s', (text, index, count) => {
    expect(parseShard(text)).toEqual({ index, count });
  });

  it.each(['', '0/3', '4/3', '1/0', '1', '1/', '/3', '-1/3', '1.5/3', '1/3/5', ' 1/3'])(
    'refuses "%s"',
    (text) => {
      expect(parseShard(text)).toBeUndefined();
    },
  );
});

describe('shardOf', () => {
  // The FNV-1a hash of `a` is 0xe40c292c; its two halves folded into the lower one make 0xe40ccd20, which is 3826044192.
  it('is the same on every machine, whatever its version', () => {
    expect([2, 3, 7, 1000].map((count) => shardOf('a', count))).toEqual([1, 1, 6, 193]);
  });

  it.each([2, 3, 4, 8, 10])(
    'divides names evenly into %i shards, even if their characters are alike',
    (count) => {
      const sizes = Array.from({ length: count }, () => 0);
      const letters = [...'acegikmoqsuwy'];
      for (const a of letters)
        for (const b of letters)
          for (const c of letters) {
            const index = shardOf(`${a}${b}${c}.de`, count) - 1;
            sizes[index] = (sizes[index] ?? 0) + 1;
          }
      const mean = letters.length ** 3 / count;
      expect(Math.min(...sizes)).toBeGreaterThan(0.7 * mean);
      expect(Math.max(...sizes)).toBeLessThan(1.3 * mean);
    },
  );
});

describe('the shards of an expansion', () => {
  const whole = under([{ name: 'dev' }, { name: 'io' }]);

  it('together hold each name exactly once', () => {
    const shards = [1, 2, 3].map((index) => inShard(whole, { index, count: 3 }));
    const words = Array.from({ length: 100 }, (_, index) => `w${index}`);
    const namesOf = (text: string, expand = whole): string[] => {
      const word = parseWord(text);
      const candidates = 'problem' in word ? word : expand(word);
      return 'problem' in candidates ? expect.fail(candidates.problem) : candidates.map(({ name }) => name);
    };
    const parts = shards.map((shard) => words.flatMap((word) => namesOf(word, shard)));
    expect(parts.every((part) => part.length > 0)).toBe(true);
    expect(parts.flat().toSorted()).toEqual(words.flatMap((word) => namesOf(word)).toSorted());
  });

  it('keep the problem of a word that is too long', () => {
    const expand = inShard(under([{ name: Array(95).fill('ab').join('.') }]), { index: 1, count: 2 });
    expect(expand({ name: 'a', isWhole: false })).toMatchObject({ problem: expect.any(String) });
  });
});
