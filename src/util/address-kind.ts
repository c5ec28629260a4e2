import { BlockList } from 'node:net';
import { isIPv6, withoutZone } from './ip-address.js';
import { parseUrl } from './parse-url.js';

/** How far an IP address reaches. */
export type AddressKind = 'unspecified' | 'link-local' | 'loopback' | 'private' | 'multicast' | 'public';

/** The networks of each kind but `public`. */
const networks: readonly (readonly [AddressKind, string, number])[] = [
  // RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2.
  ['unspecified', '0.0.0.0', 8],
  ['unspecified', '::', 128],
  // RFC 3927 section 2.1, RFC 4291 section 2.5.6.
  ['link-local', '169.254.0.0', 16],
  ['link-local', 'fe80::', 10],
  // RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3.
  ['loopback', '127.0.0.0', 8],
  ['loopback', '::1', 128],
  // RFC 1918 section 3, RFC 4193 section 3.1.
  ['private', '10.0.0.0', 8],
  ['private', '172.16.0.0', 12],
  ['private', '192.168.0.0', 16],
  ['private', 'fc00::', 7],
  // RFC 5771 section 3, RFC 919 section 7, RFC 4291 section 2.7.
  ['multicast', '224.0.0.0', 4],
  ['multicast', '255.255.255.255', 32],
  ['multicast', 'ff00::', 8],
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

let lists: ReadonlyMap<AddressKind, BlockList> | undefined;

function createLists(): ReadonlyMap<AddressKind, BlockList> {
  const created = new Map<AddressKind, BlockList>();
  for (const [kind, network, prefix] of networks) {
    const list = created.get(kind) ?? new BlockList();
    list.addSubnet(network, prefix, familyOf(network));
    created.set(kind, list);
  }
  return created;
}

/**
 * Tells how far an IP address reaches. An IPv4 address that is mapped into an IPv6 address (RFC 4291 section 2.5.5.2) is of
 * its own kind.
 *
 * @param address with or without a zone.
 */
export function kindOfAddress(address: string): AddressKind {
  lists ??= createLists();
  const plain = withoutZone(address);
  const family = familyOf(plain);
  for (const [kind, list] of lists) if (list.check(plain, family)) return kind;
  return 'public';
}

/** Finds the IP address in a URL; undefined if it has a host name or no host. */
export function addressInUrl(url: string): string | undefined {
  const host = parseUrl(url)?.hostname.replace(/^\[|\]$/g, '');
  if (host === undefined) return undefined;
  return /^[\d.]+$/.test(host) || isIPv6(host) ? host : undefined;
}
