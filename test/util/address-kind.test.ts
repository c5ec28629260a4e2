import { describe, expect, it } from 'vitest';
import { addressInUrl, kindOfAddress } from '../../src/util/address-kind.js';

describe('kindOfAddress', () => {
  it.each([
    ['unspecified', ['0.0.0.0', '0.1.2.3', '::', '::ffff:0.0.0.0']],
    [
      'link-local',
      ['169.254.0.0', '169.254.169.254', 'fe80::1', 'febf::1', 'fe80::1%lo', '::ffff:169.254.1.1'],
    ],
    ['loopback', ['127.0.0.1', '127.255.255.255', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1']],
    [
      'private',
      ['10.0.0.1', '172.16.0.0', '172.31.255.255', '192.168.0.1', 'fc00::1', 'fdff::1', '::ffff:10.0.0.1'],
    ],
    ['multicast', ['224.0.0.251', '239.255.255.255', '255.255.255.255', 'ff02::fb']],
    [
      'public',
      [
        ...['1.1.1.1', '192.0.2.1', '9.255.255.255', '11.0.0.0', '126.0.0.1', '128.0.0.1', '169.253.1.1'],
        ...['172.15.255.255', '172.32.0.0', '192.167.0.1', '192.169.0.1', '223.255.255.255'],
        ...['2001:db8::1', '::2', 'fec0::1', 'fe00::1', 'fbff::1', '::ffff:192.0.2.1'],
      ],
    ],
  ])('finds %s addresses', (kind, addresses) => {
    expect(addresses.map((address) => [address, kindOfAddress(address)])).toEqual(
      addresses.map((address) => [address, kind]),
    );
  });
});

describe('addressInUrl', () => {
  it.each([
    ['udp://127.0.0.1:53', '127.0.0.1'],
    ['tcp://[::1]:5353', '::1'],
    ['tls://dns.example@192.0.2.1:853', '192.0.2.1'],
    ['https://1.1.1.1/dns-query', '1.1.1.1'],
  ])('finds in %s the address %s', (url, address) => expect(addressInUrl(url)).toBe(address));

  it.each(['https://dns.example/dns-query', 'tls://dns.example:853', 'system', ''])(
    'finds none in "%s"',
    (url) => expect(addressInUrl(url)).toBeUndefined(),
  );
});
