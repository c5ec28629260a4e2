import { describe, expect, it } from 'vitest';
import { explainServer } from '../../src/servers/explain-server.js';
import { parseServerChoice, serverForms } from '../../src/servers/server-choice.js';

const explain = (text: string) => {
  const { expected, got } = explainServer(text);
  return `${expected}, got ${got}`;
};

describe('explainServer', () => {
  it.each([
    ['1.1.1.1:99999', 'a port from 1 to 65535, got "99999" in "1.1.1.1:99999"'],
    ['1.1.1.1:0', 'a port from 1 to 65535, got "0" in "1.1.1.1:0"'],
    ['1.1.1.1:', 'a port from 1 to 65535, got ""'],
    ['[2001:db8::1]:dns', 'a port from 1 to 65535, got "dns" in "[2001:db8::1]:dns"'],
    ['tls://dns.example:70000', 'a port from 1 to 65535, got "70000" in "tls://dns.example:70000"'],
    ['300.1.1.1', 'an IP address, got "300.1.1.1"'],
    ['1.1.1', 'an IP address, got "1.1.1"'],
    ['1.1.1.1.1:53', 'an IP address, got "1.1.1.1.1" in "1.1.1.1.1:53"'],
    ['2001:db8:::1', 'an IP address, got "2001:db8:::1"'],
    ['[2001:db8::1', 'an IPv6 address in brackets, got "[2001:db8::1"'],
    [
      '[1.1.1.1]:53',
      'an IPv6 address in brackets, got "1.1.1.1" in "[1.1.1.1]:53": write it without the brackets',
    ],
    [
      'tsl://1.1.1.1',
      'one of the schemes udp, tcp, tls, https, got "tsl" in "tsl://1.1.1.1": did you mean tls?',
    ],
    [
      'http://dns.example/x',
      'one of the schemes udp, tcp, tls, https, got "http" in "http://dns.example/x": did you mean https?',
    ],
    [
      'DoT://1.1.1.1',
      'one of the schemes udp, tcp, tls, https, got "DoT" in "DoT://1.1.1.1": did you mean tls?',
    ],
    ['localhost', 'an IP address, got "localhost": did you mean 127.0.0.1?'],
    ['localhost:53', 'an IP address, got "localhost" in "localhost:53": did you mean 127.0.0.1?'],
    ['dns.example', 'an IP address, got "dns.example": did you mean tls://dns.example?'],
    [
      'udp://dns.example:53',
      'an IP address, got "dns.example" in "udp://dns.example:53": write its address, as in udp://192.0.2.1, or tls://dns.example',
    ],
    ['cloudflare:53', 'cloudflare alone, got "cloudflare:53"'],
    ['udp://system', 'system alone, got "udp://system"'],
    ['1.1.1.1/dns-query', 'no path (only https:// takes one), got "/dns-query" in "1.1.1.1/dns-query"'],
    ['https://dns.example/{x}', 'the path of a URL, got "/{x}" in "https://dns.example/{x}"'],
    ['a@192.0.2.1', 'no host name before "@" (only tls:// and https:// take one), got "a" in "a@192.0.2.1"'],
    ['tls://a_b@192.0.2.1', 'a host name before "@", got "a_b" in "tls://a_b@192.0.2.1"'],
    ['tls://', 'an IP address or a host name, got ""'],
    ['tls://1.2', 'an IP address or a host name, got "1.2" in "tls://1.2"'],
  ])('finds the fault of %j', (text, fault) => {
    expect(parseServerChoice(text)).toBeUndefined();
    expect(explain(text)).toBe(fault);
  });

  it('suggests the nearest word', () => {
    expect(explain('cloudfare')).toBe(`${serverForms}, got "cloudfare": did you mean cloudflare?`);
  });

  it.each(['', 'bad', 'tls://a@b@192.0.2.1', 'udp://'])('lists all forms for %j', (text) => {
    expect(explain(text)).toBe(`${serverForms}, got "${text}"`);
  });
});
