import { describe, expect, it } from 'vitest';
import { transports } from '../../src/dns/transport/index.js';
import { parseServer, parseServerChoice, serverForms } from '../../src/servers/server-choice.js';
import { keysOf } from '../../src/util/keys.js';

describe('parseServer', () => {
  it.each([
    ['192.0.2.1', 'auto', '192.0.2.1', 53, 'udp://192.0.2.1:53'],
    ['192.0.2.1:5353', 'auto', '192.0.2.1', 5353, 'udp://192.0.2.1:5353'],
    ['2001:db8::1', 'auto', '2001:db8::1', 53, 'udp://[2001:db8::1]:53'],
    ['[2001:db8::1]', 'auto', '2001:db8::1', 53, 'udp://[2001:db8::1]:53'],
    ['[2001:db8::1]:5353', 'auto', '2001:db8::1', 5353, 'udp://[2001:db8::1]:5353'],
    ['udp://192.0.2.1', 'udp', '192.0.2.1', 53, 'udp://192.0.2.1:53'],
    ['tcp://192.0.2.1', 'tcp', '192.0.2.1', 53, 'tcp://192.0.2.1:53'],
    ['tcp://2001:db8::1', 'tcp', '2001:db8::1', 53, 'tcp://[2001:db8::1]:53'],
    ['tls://192.0.2.1', 'tls', '192.0.2.1', 853, 'tls://192.0.2.1:853'],
    ['tls://[2001:db8::1]:8853', 'tls', '2001:db8::1', 8853, 'tls://[2001:db8::1]:8853'],
    ['tls://dns.example', 'tls', 'dns.example', 853, 'tls://dns.example:853'],
    [
      'tls://DNS.Bücher.example.:53',
      'tls',
      'dns.xn--bcher-kva.example',
      53,
      'tls://dns.xn--bcher-kva.example:53',
    ],
    ['tls://localhost', 'tls', 'localhost', 853, 'tls://localhost:853'],
    ['system', 'system', '', 0, 'system'],
    ['127.0.0.1#5353', 'auto', '127.0.0.1', 5353, 'udp://127.0.0.1:5353'],
    ['::1#53', 'auto', '::1', 53, 'udp://[::1]:53'],
    ['fe80::1%eth0#53', 'auto', 'fe80::1%eth0', 53, 'udp://[fe80::1%eth0]:53'],
    ['tcp://[2001:db8::1]#5353', 'tcp', '2001:db8::1', 5353, 'tcp://[2001:db8::1]:5353'],
    ['UDP://192.0.2.1', 'udp', '192.0.2.1', 53, 'udp://192.0.2.1:53'],
  ] as const)('reads %s', (text, scheme, address, port, url) => {
    expect(parseServer(text)).toEqual({ scheme, address, port, url });
  });

  it.each([
    ['https://192.0.2.1', '192.0.2.1', 443, '/dns-query', 'https://192.0.2.1/dns-query'],
    ['https://192.0.2.1:443/', '192.0.2.1', 443, '/', 'https://192.0.2.1/'],
    ['https://[2001:db8::1]:8443', '2001:db8::1', 8443, '/dns-query', 'https://[2001:db8::1]:8443/dns-query'],
    ['https://dns.example/dns-query', 'dns.example', 443, '/dns-query', 'https://dns.example/dns-query'],
    ['https://dns.example:8443/x/y?z=1', 'dns.example', 8443, '/x/y?z=1', 'https://dns.example:8443/x/y?z=1'],
    ['https://dns.example/a@b:c', 'dns.example', 443, '/a@b:c', 'https://dns.example/a@b:c'],
    ['HTTPS://dns.example/x', 'dns.example', 443, '/x', 'https://dns.example/x'],
    ['https://dns.example/x{?dns}', 'dns.example', 443, '/x', 'https://dns.example/x'],
    ['cloudflare', '1.1.1.1', 443, '/dns-query', 'https://1.1.1.1/dns-query'],
    ['google', '8.8.8.8', 443, '/dns-query', 'https://8.8.8.8/dns-query'],
    ['quad9', '9.9.9.9', 443, '/dns-query', 'https://9.9.9.9/dns-query'],
  ] as const)('reads %s as a server with a path', (text, address, port, path, url) => {
    expect(parseServer(text)).toEqual({ scheme: 'https', address, port, path, url });
  });

  it.each([
    ['tls://dns.example@192.0.2.1', 'tls', '192.0.2.1', 853, undefined, 'tls://dns.example@192.0.2.1:853'],
    [
      'tls://dns.example@192.0.2.1:853',
      'tls',
      '192.0.2.1',
      853,
      undefined,
      'tls://dns.example@192.0.2.1:853',
    ],
    [
      'tls://dns.example@2001:db8::1',
      'tls',
      '2001:db8::1',
      853,
      undefined,
      'tls://dns.example@[2001:db8::1]:853',
    ],
    [
      'tls://Dns.Example@other.example:1',
      'tls',
      'other.example',
      1,
      undefined,
      'tls://dns.example@other.example:1',
    ],
    [
      'https://dns.example@192.0.2.1',
      'https',
      '192.0.2.1',
      443,
      '/dns-query',
      'https://dns.example@192.0.2.1/dns-query',
    ],
    [
      'https://dns.example@[2001:db8::1]:1/x',
      'https',
      '2001:db8::1',
      1,
      '/x',
      'https://dns.example@[2001:db8::1]:1/x',
    ],
  ] as const)('reads %s as a server with a certificate host', (text, scheme, address, port, path, url) => {
    const certificateHost = 'dns.example';
    expect(parseServer(text)).toEqual({ scheme, address, port, certificateHost, path, url });
  });

  it.each([
    'udp://192.0.2.1',
    'tls://dns.example@192.0.2.1',
    'https://dns.example@[2001:db8::1]:1/x',
    'quad9',
    'system',
  ])('reads the URL of the server %s as the same server', (text) => {
    const server = parseServer(text);
    expect(parseServer(server?.url ?? '')).toEqual(server);
  });

  it.each(['', ' ', 'dns.example', 'localhost', '1.2.3', '1.2.3.4.5', '256.0.0.1', '0x7f.1', 'constructor'])(
    'rejects %j, which is neither an IP address nor a known word',
    (text) => expect(parseServer(text)).toBeUndefined(),
  );

  it.each(['192.0.2.1:0', '192.0.2.1:65536', '192.0.2.1:x', '192.0.2.1:', 'https://dns.example:0/'])(
    'rejects %j, whose port is not a number from 1 to 65535',
    (text) => expect(parseServer(text)).toBeUndefined(),
  );

  it.each(['[192.0.2.1]:53', '[2001:db8::1', '[]:53'])(
    'rejects %j, which has no IPv6 address in brackets',
    (text) => expect(parseServer(text)).toBeUndefined(),
  );

  it.each([
    'udp://dns.example',
    'tcp://dns.example',
    'udp://a@192.0.2.1',
    'tcp://192.0.2.1/',
    'udp://system',
  ])('rejects %j, since an unencrypted scheme takes only an IP address and a port', (text) =>
    expect(parseServer(text)).toBeUndefined(),
  );

  it.each(['cloudflare:53', 'system:53', 'system://192.0.2.1'])(
    'rejects %j, since a server that is named by one word takes nothing else',
    (text) => expect(parseServer(text)).toBeUndefined(),
  );

  it.each(['ftp://192.0.2.1', '://192.0.2.1', 'http://a/', 'auto://192.0.2.1'])(
    'rejects %j, whose scheme is not one that can be written',
    (text) => expect(parseServer(text)).toBeUndefined(),
  );

  it.each([
    'tls://',
    'tls:///x',
    'tls://a@',
    'tls://1.2',
    'tls://dns..example',
    'https://',
    'https:///dns-query',
  ])('rejects %j, whose host is missing or not valid', (text) => expect(parseServer(text)).toBeUndefined());

  it.each(['tls://@192.0.2.1', 'tls://192.0.2.9@192.0.2.1', 'tls://a_b@192.0.2.1', 'tls://a@b@192.0.2.1'])(
    'rejects %j, whose certificate host is not a host name',
    (text) => expect(parseServer(text)).toBeUndefined(),
  );

  it.each([
    'tls://192.0.2.1/',
    'https://dns.example/a b',
    'https://dns.example/#x',
    'https://a/\n',
    'https://dns.example?x',
    'https://dns.example/{x}',
  ])('rejects %j, whose path is not valid', (text) => expect(parseServer(text)).toBeUndefined());
});

describe('serverForms', () => {
  it('lists only forms that parseServerChoice reads, all schemes and the authority among them', () => {
    const forms = serverForms.replace('a name server such as ', '').split(/, | or /);
    const schemes = new Set(forms.map((form) => parseServerChoice(form)?.scheme));
    expect(schemes).toEqual(new Set([...keysOf(transports), 'authority']));
  });
});
