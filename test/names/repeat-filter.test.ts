import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRepeatFilter } from '../../src/names/repeat-filter.js';

describe('createRepeatFilter', () => {
  it('tells whether a text is new among the last distinct ones', () => {
    const isNew = createRepeatFilter(2);
    const texts = ['a', 'a', 'b', 'a', 'c', 'b', 'a'];
    expect(texts.map(isNew)).toEqual([true, false, true, false, true, false, true]);
  });

  it('tells whether any text is new, even if many texts fall into the same bucket', () => {
    const texts = fc.array(fc.oneof(fc.nat({ max: 60 }).map(String), fc.string({ maxLength: 2 })), {
      minLength: 200,
      maxLength: 400,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (list, count) => {
        const last: string[] = [];
        const expected = list.map((text) => {
          if (last.includes(text)) return false;
          last.push(text);
          if (last.length > count) last.shift();
          return true;
        });
        expect(list.map(createRepeatFilter(count))).toEqual(expected);
      }),
    );
  });
});
