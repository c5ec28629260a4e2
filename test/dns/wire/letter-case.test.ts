import { decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { hasMixedCase, mixCase } from '../../../src/dns/wire/letter-case.js';
import { encodeQuery } from '../../../src/dns/wire/query.js';

const encode = (name: string) => encodeQuery(1, { name, type: 'A' });
const nameIn = (query: Buffer) => decode(query).questions?.[0]?.name;

describe('mixCase', () => {
  it.each([
    ['not-1.dev', 0xffff, 'NOT-1.DEV'],
    ['not-1.dev', 0b000_000_101, 'NoT-1.dev'],
    ['abcdefghijklmnop.qr', 0b1, 'Abcdefghijklmnop.qr'],
    ['abcdefghijklmnopqr.dev', 0b1, 'AbcdefghijklmnopQr.dev'],
  ])('puts those letters of %s into capitals whose bits are set in %i', (name, bits, mixed) => {
    const query = encode(name);
    expect(mixCase(query, name, bits)).toBe(true);
    expect(nameIn(query)).toBe(mixed);
    expect(hasMixedCase(query, name, bits)).toBe(true);
  });

  it.each([
    ['not.dev', 0],
    ['123.456', 0xffff],
    ['a\\001b.dev', 0xffff],
  ])('leaves %s as it is with the bits %i', (name, bits) => {
    const query = encode(name);
    expect(mixCase(query, name, bits)).toBe(false);
    expect(query).toEqual(encode(name));
  });
});

describe('hasMixedCase', () => {
  it('tells letters in another case', () => {
    const query = encode('not.dev');
    mixCase(query, 'not.dev', 0b101);
    expect([0b101, 0b100, 0b111, 0].map((bits) => hasMixedCase(query, 'not.dev', bits))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
