import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, quoted } from '../../src/util/printable.js';
import { anyString } from '../helpers/any-string.js';

const inRange = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

// Copied from the Unicode charts: a second opinion on the character classes in the source.
const dangerous = [
  ...inRange(0x00, 0x1f),
  ...inRange(0x7f, 0x9f),
  '\u061c',
  ...inRange(0x200e, 0x200f),
  ...inRange(0x2028, 0x2029),
  ...inRange(0x202a, 0x202e),
  ...inRange(0x2066, 0x2069),
];
/** Copied from DerivedCoreProperties.txt of Unicode: Default_Ignorable_Code_Point, without joiners and variation selectors. */
const invisible = [
  ...[
    '\u00ad',
    '\u034f',
    '\u115f',
    '\u1160',
    '\u17b4',
    '\u17b5',
    '\u180b',
    '\u180e',
    '\u200b',
    '\u2060',
    '\u206f',
  ],
  ...['\u3164', '\ufeff', '\uffa0', '\u{1bca0}', '\u{1d173}', '\u{e0041}', '\u{e007f}', '\u{e0100}'],
];
const harmless = anyString().map((text) =>
  [...text].filter((character) => !dangerous.includes(character) && !/[\p{DI}]/u.test(character)).join(''),
);
const mixed = fc
  .array(fc.oneof(fc.constantFrom(...dangerous), anyString()), { maxLength: 60 })
  .map((parts) => parts.join(''));

describe('printable', () => {
  it.each([
    ['an escape', '\x1b[31mred', '\\x1b[31mred'],
    ['line ends', 'two\r\nlines', 'two\\x0d\\x0alines'],
    ['a null', '\0', '\\x00'],
    ['a delete', '\x7f', '\\x7f'],
    ['a C1 control', '\x9b31m', '\\x9b31m'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['a bidi override', '\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a bidi mark', '\u061c', '\\u{61c}'],
    ['a space without width', 'not\u200b.dev', 'not\\u{200b}.dev'],
    ['a soft hyphen', 'no\u00adt', 'no\\xadt'],
    ['a tag', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a joiner of Latin letters', 'no\u200dt', 'no\\u{200d}t'],
    [
      'a joiner after another',
      '\ud83d\udc69\u200d\u200d\ud83d\udcbb',
      '\ud83d\udc69\u200d\\u{200d}\ud83d\udcbb',
    ],
    ['a variation selector of a Latin letter', 'a\ufe0f', 'a\\u{fe0f}'],
  ])('spells out %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves no character that a terminal would obey', () => {
    for (const character of dangerous) {
      expect(printable(character)).toMatch(/^\\(x[0-9a-f]{2}|u\{[0-9a-f]+\})$/);
    }
    fc.assert(
      fc.property(mixed, (text) => {
        const shown = printable(text);
        expect(dangerous.filter((character) => shown.includes(character))).toEqual([]);
      }),
    );
  });

  it('leaves no character that nobody can see', () => {
    for (const character of invisible) {
      expect(printable(`a${character}b`)).toMatch(/^a\\(x[0-9a-f]{2}|u\{[0-9a-f]+\})b$/);
    }
  });

  it.each(['نامه\u200cای', 'क्\u200dष', '👩\u200d💻', '👩🏽\u200d💻', '❤\ufe0f\u200d🔥'])(
    'leaves a joiner where its script or an emoji needs it: %s',
    (text) => {
      expect(printable(text)).toBe(text);
    },
  );

  it('leaves all other text unchanged', () => {
    expect(printable('bücher\\x1b 日本 👩‍💻')).toBe('bücher\\x1b 日本 👩‍💻');
    fc.assert(
      fc.property(harmless, (text) => {
        expect(printable(text)).toBe(text);
      }),
    );
  });
});

describe('quoted', () => {
  it('puts the text in double quotes', () => {
    expect(quoted('a b')).toBe('"a b"');
    expect(quoted('')).toBe('""');
  });

  it('spells out control characters', () => {
    expect(quoted('a\tb')).toBe('"a\\x09b"');
  });

  it('shows up to 80 characters, and only the two ends of a longer text', () => {
    expect(quoted('a'.repeat(80))).toBe(`"${'a'.repeat(80)}"`);
    expect(quoted(`${'a'.repeat(40)}b${'c'.repeat(40)}`)).toBe(`"${'a'.repeat(40)}…${'c'.repeat(39)}"`);
    expect(quoted(`${'a'.repeat(1_000_000)}${'z'.repeat(1_000_000)}`)).toBe(
      `"${'a'.repeat(40)}…${'z'.repeat(39)}"`,
    );
  });

  it('counts a character beyond the basic plane once and never cuts it in two', () => {
    expect(quoted('🙂'.repeat(80))).toBe(`"${'🙂'.repeat(80)}"`);
    expect(quoted('🙂'.repeat(81))).toBe(`"${'🙂'.repeat(40)}…${'🙂'.repeat(39)}"`);
    expect(quoted(`${'🙂'.repeat(500)}z`)).toBe(`"${'🙂'.repeat(40)}…${'🙂'.repeat(38)}z"`);
  });

  it('counts a control character as it is spelled out and never cuts it in two', () => {
    expect(quoted('\x1b'.repeat(20))).toBe(`"${'\\x1b'.repeat(20)}"`);
    expect(quoted(`a${'\x1b'.repeat(20)}`)).toBe(`"a${'\\x1b'.repeat(9)}…${'\\x1b'.repeat(9)}"`);
  });

  it('never shows more than 80 characters or anything that a terminal would obey', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const shown = quoted(text);
        expect([...shown].length).toBeLessThanOrEqual(82);
        expect(shown).toBe(printable(shown));
      }),
    );
  });
});
