import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rememberLast } from '../../src/names/recently-seen.js';

test('a text is new once among the last so many different ones', () => {
  const isNew = rememberLast(2);
  const texts = ['a', 'a', 'b', 'a', 'c', 'b', 'a'];
  expect(texts.map(isNew)).toEqual([true, false, true, false, true, false, true]);
});

test('that holds whatever the texts are, also where many of them look alike', () => {
  const texts = fc.array(fc.oneof(fc.nat({ max: 60 }).map(String), fc.string({ maxLength: 2 })), {
    minLength: 200,
    maxLength: 400,
  });
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 40 }), (list, count) => {
      const isNew = rememberLast(count);
      const last: string[] = [];
      for (const text of list) {
        expect(isNew(text)).toBe(!last.includes(text));
        if (!last.includes(text)) last.push(text);
        if (last.length > count) last.shift();
      }
    }),
  );
});
