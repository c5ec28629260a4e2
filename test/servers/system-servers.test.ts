import { describe, expect, it } from 'vitest';
import { createServerReader, systemServers } from '../../src/servers/system-servers.js';

describe('systemServers', () => {
  const urls = (known: string[], settings: string) =>
    systemServers(known, () => settings).map(({ url }) => url);

  it('returns the servers that Node lists', () => {
    expect(urls(['192.0.2.1', '[2001:db8::1]:5353'], '')).toEqual([
      'udp://192.0.2.1:53',
      'udp://[2001:db8::1]:5353',
    ]);
  });

  it('restores the zone of a link-local address', () => {
    const settings = '# made by hand\nnameserver 192.0.2.1\n\tnameserver  FE80:0::1%eth0 # router\n';
    expect(urls(['192.0.2.1', 'fe80::1'], settings)).toEqual([
      'udp://192.0.2.1:53',
      'udp://[fe80::1%eth0]:53',
    ]);
  });

  it('restores all zones of an address, once each', () => {
    const settings = 'nameserver fe80::1%eth0\nnameserver fe80::1%wlan0\nnameserver fe80::2%eth0\n';
    expect(urls(['fe80::1', 'fe80::1'], settings)).toEqual([
      'udp://[fe80::1%eth0]:53',
      'udp://[fe80::1%wlan0]:53',
    ]);
  });

  it.each(['', 'nameserver fe80::2%eth0', 'nameserver fe80::1', 'nameserver %eth0', '\0'])(
    'keeps a link-local address as it is if the settings (%j) have no zone for it',
    (settings) => {
      expect(urls(['fe80::1'], settings)).toEqual(['udp://[fe80::1]:53']);
    },
  );

  it('reads no settings if no address needs them', () => {
    expect(systemServers(['192.0.2.1'], () => expect.unreachable())).toHaveLength(1);
  });

  it.each([
    ['win32', ['127.0.0.1'], []],
    ['win32', ['127.0.0.1', '192.0.2.1'], ['udp://127.0.0.1:53', 'udp://192.0.2.1:53']],
    ['linux', ['127.0.0.1'], ['udp://127.0.0.1:53']],
  ] as const)('on %s, takes %j for %j', (system, known, servers) => {
    expect(systemServers(known, () => '', system).map(({ url }) => url)).toEqual(servers);
  });
});

describe('createServerReader', () => {
  /** What Node and the system list, which the test may change, and the reader of both. */
  function open(used: string, set = used) {
    const lists = { used: [used], set: [set] };
    const read = createServerReader(
      () => lists.used,
      () => lists.set,
    );
    return { lists, read };
  }

  it('lists the servers that the system is set to use now', () => {
    const { lists, read } = open('192.0.2.1');
    expect(read()).toEqual(['192.0.2.1']);
    lists.set = ['192.0.2.2'];
    expect(read()).toEqual(['192.0.2.2']);
  });

  it('lists the servers that the program has chosen before', () => {
    const { lists, read } = open('192.0.2.9', '192.0.2.1');
    expect(read()).toEqual(['192.0.2.9']);
    lists.set = ['192.0.2.2'];
    expect(read()).toEqual(['192.0.2.9']);
  });

  it('lists the servers that the program chooses later, until it takes its choice back', () => {
    const { lists, read } = open('192.0.2.1');
    lists.used = ['192.0.2.9'];
    expect(read()).toEqual(['192.0.2.9']);
    lists.used = ['192.0.2.1'];
    lists.set = ['192.0.2.2'];
    expect(read()).toEqual(['192.0.2.2']);
  });
});
