import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalIPv6,
  endsInNumber,
  formatIPv4,
  formatIPv6,
  isIPv6,
  isLinkLocal,
  withoutZone,
} from '../../src/util/ip-address.js';
import { anyIPv6, canonical } from '../dns/wire/stories.js';

/** The octets of an IPv6 address that is written with all of its eight groups. */
const octetsOf = (text: string): Buffer =>
  Buffer.from(
    text
      .split(':')
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  );

describe('formatIPv4', () => {
  it('separates the octets by dots', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(formatIPv4(Buffer.from(text.split('.').map(Number)))).toBe(text);
      }),
    );
    expect(formatIPv4(Buffer.of(192, 0, 2, 255))).toBe('192.0.2.255');
  });
});

describe('formatIPv6', () => {
  it.each([
    ['omits leading zeros', '4.1', '2001:0db8:0:0:0:0:0:0001', '2001:db8::1'],
    ['shortens as much as possible', '4.2.1', '2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['does not shorten a single group of zeros', '4.2.2', '2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['shortens the longest run of zeros', '4.2.3', '2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['shortens the first of two equal runs', '4.2.3', '2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    [
      'writes digits in lower case',
      '4.3',
      '2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA',
      '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa',
    ],
    ['shortens an address that is all zeros', '4.2', '0:0:0:0:0:0:0:0', '::'],
    ['shortens zeros at the beginning', '4.2', '0:0:0:0:0:0:0:1', '::1'],
    ['shortens zeros at the end', '4.2', '1:0:0:0:0:0:0:0', '1::'],
    ['does not shorten single zeros at both ends', '4.2.2', '0:2:3:4:5:6:7:0', '0:2:3:4:5:6:7:0'],
  ])('%s (RFC 5952 section %s)', (_rule, _section, full, text) => {
    expect(formatIPv6(octetsOf(full))).toBe(text);
  });

  it('returns the same text as Node', () => {
    fc.assert(
      fc.property(anyIPv6, (full) => {
        expect(formatIPv6(octetsOf(full))).toBe(canonical(full));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isIPv6', () => {
  it.each(['::', '::1', '2001:db8::1', '::ffff:192.0.2.1', 'fe80::1%lo'])('accepts %s', (text) => {
    expect(isIPv6(text)).toBe(true);
  });

  it.each(['', ':', '192.0.2.1', '192.0.2.1:53', 'is.dev', '[::1]', '2001:db8::1::2'])(
    'rejects "%s"',
    (text) => {
      expect(isIPv6(text)).toBe(false);
    },
  );
});

describe('endsInNumber', () => {
  it.each(['1', '192.0.2.1', 'dns.1', '0x7f', 'a.0x', 'a.0xff'])('is true for %s', (host) => {
    expect(endsInNumber(host)).toBe(true);
  });

  it.each(['', 'is.dev', '1.dev', 'dns1', 'a.1b', 'a.0xfg'])('is false for "%s"', (host) => {
    expect(endsInNumber(host)).toBe(false);
  });
});

describe('withoutZone', () => {
  it.each([
    ['fe80::1%eth0', 'fe80::1'],
    ['::1%lo', '::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['192.0.2.1', '192.0.2.1'],
    ['dns.example', 'dns.example'],
  ])('turns %s into %s', (host, result) => {
    expect(withoutZone(host)).toBe(result);
  });
});

describe('isLinkLocal', () => {
  it.each(['fe80::1', 'FE80::1%eth0', 'febf::1'])('is true for %s', (address) => {
    expect(isLinkLocal(address)).toBe(true);
  });

  it.each(['fec0::1', 'fe8::1', '::1', '2001:db8::fe80:1', '169.254.1.1', ''])(
    'is false for "%s"',
    (address) => {
      expect(isLinkLocal(address)).toBe(false);
    },
  );
});

describe('canonicalIPv6', () => {
  it('shortens an address', () => {
    expect(canonicalIPv6('FE80:0:0:0:0:0:0:0A01')).toBe('fe80::a01');
  });
});
