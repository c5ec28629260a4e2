import { decode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readName, skipName, writeName } from '../../../../src/dns/wire/name.js';
import { malformedMessage } from '../../../../src/dns/wire/octets.js';
import { handmade, label, octets, pointer, queryFor, read, record } from '../messages.js';
import { anyNameOrRoot } from '../stories.js';

const name = 'is.dev';
/** Offsets of the question's name and of its label `dev`. */
const question = 12;
const dev = 15;
const ipv4 = octets(192, 0, 2, 1);

const readAlias = (...answers: readonly Buffer[]) => read(handmade(name, answers), name)?.alias;

describe('writeName', () => {
  it('writes a name that readName, skipName and dns-packet read', () => {
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

  it('writes the root as one octet, and nothing else', () => {
    const buffer = Buffer.alloc(3, 0xee);
    expect(writeName(buffer, 1, '')).toBe(2);
    expect([...buffer]).toEqual([0xee, 0, 0xee]);
  });
});

/** The octets of a label, from its text form (RFC 1035 section 5.1). */
const labelOctets = (text: string): Buffer =>
  Buffer.from(
    text.replace(
      /\\(?:(\d{3})|(.))/g,
      (_, code, character) => character ?? String.fromCharCode(Number(code)),
    ),
    'latin1',
  );

describe('readName', () => {
  it('returns lower case, and an empty string for the root', () => {
    expect(readName(octets(label('IS'), label('Dev'), 0), 0)).toBe('is.dev');
    expect(readName(octets(0), 0)).toBe('');
  });

  it('accepts at most 255 octets (RFC 1035 section 2.3.4)', () => {
    const most = octets(...[63, 63, 63].map((length) => label('a'.repeat(length))));
    expect(readName(octets(most, label('b'.repeat(61)), 0), 0)).toMatch(/\.b{61}$/);
    expect(() => readName(octets(most, label('b'.repeat(62)), 0), 0)).toThrow(malformedMessage);
  });

  it.each([
    ['a dot in a label', 'a.b', 'a\\.b'],
    ['a backslash', 'a\\b', 'a\\\\b'],
    ['a quote', '"', '\\"'],
    ['a space', 'a b', 'a\\032b'],
    ['a sequence that would clear the screen', '\x1b[2J', '\\027\\[2j'],
    ['a line feed', 'a\n+ b', 'a\\010\\+\\032b'],
    ['a zero octet', '\0', '\\000'],
    ['a delete character', '\x7f', '\\127'],
    ['a C1 control character', '\x9b', '\\155'],
    ['the highest octet', '\xff', '\\255'],
    ['no letter, digit, hyphen or underscore', 'xn--A_1', 'xn--a_1'],
  ])('escapes %s in aliases, referrals and zones', (_, content, text) => {
    const owner = octets(label(Buffer.from(content, 'latin1')), pointer(dev));
    expect(readAlias(record(pointer(question), 'CNAME', owner))).toBe(`${text}.dev`);
    expect(read(handmade(name, [], [record(owner, 'NS', pointer(dev))]), name)?.referral).toBe(`${text}.dev`);
    expect(read(handmade(name, [], [record(owner, 'SOA', octets(0))]), name)?.zone).toBe(`${text}.dev`);
  });

  it('escapes any label to printable ASCII from which its octets can be restored, except for letter case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 63 }), (content) => {
        const text = readAlias(record(pointer(question), 'CNAME', octets(label(content), 0))) ?? '';
        expect(text).toMatch(/^[!-~]+$/);
        const lower = content.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));
        expect([...labelOctets(text)]).toEqual([...lower]);
      }),
    );
  });

  it('distinguishes a label that contains a dot from two labels', () => {
    const owner = octets(label('is.dev'), 0);
    expect(read(handmade(name, [record(owner, 'A', ipv4)]), name)).toMatchObject({ addresses: [] });
  });
});
