import { BlockList, isIP } from 'node:net';

/** Whether a host with this port is asked directly. The host is as in a URL, an IPv6 address without brackets. */
export type IsDirect = (host: string, port: string) => boolean;

/**
 * Reads the variable NO_PROXY: hosts between commas or spaces, of which each means those below it, too. curl, Go, Python and Node
 * differ in what they allow. This is all of it:
 *
 * - `*` for all, `example.com`, `.example.com`, `*.example.com`, `*example.com`;
 * - addresses, networks such as `192.0.2.0/24`, and ranges such as `192.0.2.1-192.0.2.9`;
 * - each with a port or without: `example.com:8080`, `[2001:db8::1]:80`.
 */
export function readNoProxy(text: string): IsDirect {
  const exceptions = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(readException);
  return (host, port) => exceptions.some((covers) => covers(host.replace(/\.$/, ''), port));
}

function readException(text: string): IsDirect {
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  const covers = readHosts(bracketed ?? plain ?? text);
  return (host, usedPort) => (port === undefined || port === usedPort) && covers(host);
}

function readHosts(text: string): (host: string) => boolean {
  if (text === '*') return () => true;
  const addresses = readAddresses(text);
  if (addresses) return (host) => isIP(host) !== 0 && addresses.check(host, familyOf(host));
  const [, star = '', name = ''] = /^(\*?)\.?(.*?)\.?$/.exec(text) ?? [];
  const isAnyEnd = star !== '' && !text.startsWith('*.');
  const end = isAnyEnd ? name : `.${name}`;
  return (host) => isIP(host) === 0 && (host === name || host.endsWith(end));
}

/** Returns the addresses that a text stands for; undefined if it has none. */
function readAddresses(text: string): BlockList | undefined {
  const [first = '', prefix, last] = text.split(/[/]|-(?=[\da-f.:]+$)/);
  const family = isIP(first) === 0 ? undefined : familyOf(first);
  if (family === undefined || last !== undefined) return undefined;
  const list = new BlockList();
  try {
    if (prefix === undefined) list.addAddress(first, family);
    else if (text.includes('/')) list.addSubnet(first, Number(prefix), family);
    else list.addRange(first, prefix, family);
  } catch {
    // Neither a network nor a range: it covers nothing.
  }
  return list;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
