import { decode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readName, skipName, writeName } from '../../../src/dns/wire/name.js';
import { unreadable } from '../../../src/dns/wire/octets.js';
import { anyNameOrRoot } from '../resolver/stories.js';
import { handmade, label, octets, pointer, queryFor, read, record } from './messages.js';

const name = 'is.dev';
/** Where the question's name and its `dev` stand. */
const question = 12;
const dev = 15;
const ipv4 = octets(192, 0, 2, 1);

const aliasIn = (...answers: readonly Buffer[]) => read(handmade(name, answers), name)?.alias;

describe('a name', () => {
  test('is read as it was written, and as dns-packet reads it', () => {
    fc.assert(
      fc.property(anyNameOrRoot, fc.nat(20), (text, start) => {
        const buffer = Buffer.alloc(300, 0xee);
        const end = writeName(buffer, start, text);
        expect(end).toBe(start + (text === '' ? 1 : text.length + 2));
        expect(skipName(buffer, start)).toBe(end);
        expect(readName(buffer, start)).toBe(text);
        expect(decode(queryFor(text)).questions).toMatchObject([
          { name: readName(queryFor(text), question) || '.' },
        ]);
      }),
      { examples: [['', 0]] },
    );
  });

  test('is one octet for the root, and nothing else is written', () => {
    const buffer = Buffer.alloc(3, 0xee);
    expect(writeName(buffer, 1, '')).toBe(2);
    expect([...buffer]).toEqual([0xee, 0, 0xee]);
  });

  test('is lower-case, and empty for the root', () => {
    expect(readName(octets(label('IS'), label('Dev'), 0), 0)).toBe('is.dev');
    expect(readName(octets(0), 0)).toBe('');
  });

  test('has at most 255 octets (RFC 1035 section 2.3.4)', () => {
    const most = octets(...[63, 63, 63].map((length) => label('a'.repeat(length))));
    expect(readName(octets(most, label('b'.repeat(61)), 0), 0)).toMatch(/\.b{61}$/);
    expect(() => readName(octets(most, label('b'.repeat(62)), 0), 0)).toThrow(unreadable);
  });
});

/** Reads the text form of a label as RFC 1035 section 5.1 defines it. */
const unescaped = (text: string): Buffer =>
  Buffer.from(
    text.replace(
      /\\(?:(\d{3})|(.))/g,
      (_, code, character) => character ?? String.fromCharCode(Number(code)),
    ),
    'latin1',
  );

describe('octets that are no letters, digits, hyphens or underscores are escaped', () => {
  test.each([
    ['a dot in a label', 'a.b', 'a\\.b'],
    ['a backslash', 'a\\b', 'a\\\\b'],
    ['a quote', '"', '\\"'],
    ['a space', 'a b', 'a\\032b'],
    ['an escape that would clear the screen', '\x1b[2J', '\\027\\[2j'],
    ['a line feed', 'a\n+ b', 'a\\010\\+\\032b'],
    ['a zero octet', '\0', '\\000'],
    ['a delete', '\x7f', '\\127'],
    ['a control character of C1', '\x9b', '\\155'],
    ['the highest octet', '\xff', '\\255'],
    ['none of these', 'xn--A_1', 'xn--a_1'],
  ])('%s', (_, content, text) => {
    const odd = octets(label(Buffer.from(content, 'latin1')), pointer(dev));
    expect(aliasIn(record(pointer(question), 'CNAME', odd))).toBe(`${text}.dev`);
    expect(read(handmade(name, [], [record(odd, 'NS', pointer(dev))]), name)?.referral).toBe(`${text}.dev`);
    expect(read(handmade(name, [], [record(odd, 'SOA', octets(0))]), name)?.zone).toBe(`${text}.dev`);
  });

  test('so that any label is printable ASCII and tells its octets, but for letter case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 63 }), (content) => {
        const text = aliasIn(record(pointer(question), 'CNAME', octets(label(content), 0))) ?? '';
        expect(text).toMatch(/^[!-~]+$/);
        const lower = content.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));
        expect([...unescaped(text)]).toEqual([...lower]);
      }),
    );
  });

  test('and a name with an escaped dot is not the name with two labels', () => {
    const odd = octets(label('is.dev'), 0);
    expect(read(handmade(name, [record(odd, 'A', ipv4)]), name)).toMatchObject({ addresses: [] });
  });
});
