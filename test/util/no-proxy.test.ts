import { describe, expect, it } from 'vitest';
import { readNoProxy } from '../../src/util/no-proxy.js';

const isDirect = (text: string, host: string, port = '443') => readNoProxy(text)(host, port);

describe('readNoProxy', () => {
  it.each([
    ['*', 'rdap.example'],
    ['rdap.example', 'rdap.example'],
    ['a.example, RDAP.example', 'rdap.example'],
    ['a.example rdap.example:443', 'rdap.example'],
    ['example', 'rdap.example'],
    ['.example', 'rdap.example'],
    ['.rdap.example', 'rdap.example'],
    ['*.example', 'rdap.example'],
    ['*p.example', 'rdap.example'],
    ['rdap.example.', 'rdap.example'],
    ['rdap.example', 'rdap.example.'],
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.1:443', '127.0.0.1'],
    ['192.0.2.0/24', '192.0.2.200'],
    ['192.0.2.0/24:443', '192.0.2.200'],
    ['192.0.2.1-192.0.2.9', '192.0.2.9'],
    ['::1', '::1'],
    ['[::1]:443', '::1'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['2001:db8::/32', '2001:db8:1::1'],
    ['[2001:db8::/32]:443', '2001:db8:1::1'],
    ['2001:db8::1-2001:db8::9', '2001:db8::5'],
  ])('with %j has %s asked directly', (text, host) => {
    expect(isDirect(text, host)).toBe(true);
  });

  it.each([
    ['', 'rdap.example'],
    [',', 'rdap.example'],
    ['dap.example', 'rdap.example'],
    ['rdap.example:80', 'rdap.example'],
    ['www.rdap.example', 'rdap.example'],
    ['127.0.0.1', '1.127.0.0'],
    ['0.0.1', '127.0.0.1'],
    ['192.0.2.0/24', '192.0.3.1'],
    ['192.0.2.0/33', '192.0.2.0'],
    ['192.0.2.0/24', 'rdap.example'],
    ['192.0.2.9-192.0.2.1', '192.0.2.5'],
    ['192.0.2.1-192.0.2.9', '192.0.2.10'],
    ['2001:db8::/32', '2001:db9::1'],
  ])('with %j does not have %s asked directly', (text, host) => {
    expect(isDirect(text, host)).toBe(false);
  });
});
