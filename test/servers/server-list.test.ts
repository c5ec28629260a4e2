import { describe, expect, it } from 'vitest';
import { distinctServers, parseServerList } from '../../src/servers/server-list.js';

const urlsIn = (text: string) => parseServerList(text).servers.map(({ url }) => url);

describe('parseServerList', () => {
  it('reads one server on each line, and passes over blank lines and comments', () => {
    const text =
      '\ufeff# resolvers\r\n192.0.2.1 # the first\r\n\r\ntls://192.0.2.2\nquad9\n[2001:db8::1]:5353';
    expect(urlsIn(text)).toEqual([
      'udp://192.0.2.1:53',
      'tls://192.0.2.2:853',
      'https://9.9.9.9/dns-query',
      'udp://[2001:db8::1]:5353',
    ]);
  });

  it('says which lines are not servers', () => {
    expect(parseServerList('192.0.2.1\nbad\n\n1.2.3\n{}').problems).toEqual([
      'line 2: expected a name server, got "bad"',
      'line 4: expected an IP address, got "1.2.3"',
      'line 5: expected a name server, got "{}"',
    ]);
  });

  it('reads a report of servers, without those that were of no use', () => {
    const line = (server: string, verdict: string) => `${JSON.stringify({ server, asked: 1, verdict })}\n`;
    const text = line('192.0.2.1', 'good') + line('udp://192.0.2.2:53', 'lies') + line('192.0.2.3', 'unused');
    expect(urlsIn(text)).toEqual(['udp://192.0.2.1:53', 'udp://192.0.2.3:53']);
    expect(parseServerList('{"server":1}\n{"x"\n').problems).toHaveLength(2);
  });
});

describe('distinctServers', () => {
  it('leaves out servers that come twice, but not the same one over another transport', () => {
    const { servers } = parseServerList('192.0.2.1\nudp://192.0.2.1\n192.0.2.1:53\n');
    expect(distinctServers(servers).map(({ scheme }) => scheme)).toEqual(['auto', 'udp']);
  });
});
