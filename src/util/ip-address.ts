import { isIPv6 as nodeIsIPv6 } from 'node:net';

/** IP addresses as text. */

/**
 * Whether a text is an IPv6 address. Texts with fewer than two colons are ruled out first, because the first call of
 * Node's own function takes a few milliseconds.
 */
export const isIPv6 = (text: string): boolean => /:.*:/.test(text) && nodeIsIPv6(text);

/**
 * Whether the last label of a lower-case host name is a decimal or hexadecimal number. `getaddrinfo` takes such a name
 * for an IPv4 address.
 */
export const endsInNumber = (host: string): boolean => /(^|\.)(\d+|0x[\da-f]*)$/.test(host);

/** Formats the IPv4 address in the four octets from `start`. */
export const formatIPv4 = (octets: Uint8Array, start = 0): string =>
  `${octets[start]}.${octets[start + 1]}.${octets[start + 2]}.${octets[start + 3]}`;

/** Formats the IPv6 address in the sixteen octets from `start` as RFC 5952 section 4 recommends. */
export function formatIPv6(octets: Uint8Array, start = 0): string {
  const groups: number[] = [];
  for (let index = start; index < start + 16; index += 2) {
    groups.push(((octets[index] ?? 0) << 8) | (octets[index + 1] ?? 0));
  }
  const zeros = longestZeroRun(groups);
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  });
  return longest;
}

/** An IPv6 address without the zone that may follow it (RFC 4007 section 11), any other host unchanged. */
export const withoutZone = (host: string): string => (isIPv6(host) ? host.replace(/%.*/, '') : host);

/** An IPv6 address without a zone, written as RFC 5952 section 4 recommends. */
export const canonicalIPv6 = (address: string): string =>
  new URL(`http://[${address}]`).hostname.slice(1, -1);

/** Whether an IPv6 address is link-local (RFC 4291 section 2.5.6): only its zone tells which network it belongs to. */
export const isLinkLocal = (address: string): boolean => /^fe[89ab][\da-f]:/i.test(address);

/** A host as it is written in a URL: an IPv6 address in brackets (RFC 3986 section 3.2.2), any other host unchanged. */
export const bracketed = (host: string): string => (isIPv6(host) ? `[${host}]` : host);
