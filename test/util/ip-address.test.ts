import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIPv4, formatIPv6 } from '../../src/util/ip-address.js';
import { anyIPv6, canonical } from '../dns/resolver/stories.js';

/** The octets of an IPv6 address whose eight groups are all there. */
const octetsOf = (text: string): Buffer =>
  Buffer.from(
    text
      .split(':')
      .map((group) => group.padStart(4, '0'))
      .join(''),
    'hex',
  );

describe('an IPv6 address', () => {
  test.each([
    ['4.1', 'no leading zeros', '2001:0db8:0:0:0:0:0:0001', '2001:db8::1'],
    ['4.2.1', 'shortened as far as it goes', '2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['4.2.2', 'one group of zeros stays', '2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['4.2.3', 'the longest run is shortened', '2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['4.2.3', 'of equal runs the first', '2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['4.3', 'lower-case', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa'],
    ['4.2', 'zeros alone', '0:0:0:0:0:0:0:0', '::'],
    ['4.2', 'zeros first', '0:0:0:0:0:0:0:1', '::1'],
    ['4.2', 'zeros last', '1:0:0:0:0:0:0:0', '1::'],
    ['4.2', 'one zero at either end', '0:2:3:4:5:6:7:0', '0:2:3:4:5:6:7:0'],
  ])('is as RFC 5952 section %s recommends: %s', (_section, _rule, full, text) => {
    expect(formatIPv6(octetsOf(full))).toBe(text);
  });

  test('is what Node makes of it', () => {
    fc.assert(
      fc.property(anyIPv6, (full) => {
        expect(formatIPv6(octetsOf(full))).toBe(canonical(full));
      }),
      { numRuns: 1000 },
    );
  });
});

test('an IPv4 address is its octets with dots between them', () => {
  fc.assert(
    fc.property(fc.ipV4(), (text) => {
      expect(formatIPv4(Buffer.from(text.split('.').map(Number)))).toBe(text);
    }),
  );
  expect(formatIPv4(Buffer.of(192, 0, 2, 255))).toBe('192.0.2.255');
});
