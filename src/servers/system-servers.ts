import { getServers, Resolver } from 'node:dns';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import type { Server } from '../dns/transport/index.js';
import { canonicalIPv6, isIPv6, isLinkLocal, withoutZone } from '../util/ip-address.js';
import { parseServer } from './server-choice.js';

/** The file in which Unix systems keep their name servers. */
const resolvConf = '/etc/resolv.conf';

/** The only server that Node lists if none is configured. */
const fallback = '127.0.0.1';

/** The message if the system has no name servers, to be followed by how to choose some. */
export const noneConfigured = 'no name server is configured on this system';

/**
 * Reads which name servers the system is set to use now, in the system's order. Node omits the zone of link-local
 * addresses, without which they cannot be reached, so it is read from the system's settings.
 *
 * @param known the servers as Node lists them.
 * @param settings the text of `/etc/resolv.conf`, which is read only if it is needed.
 * @param system the operating system, as Node names it.
 * @returns no server if none is configured. On Unix, that means one on the machine itself (resolv.conf(5)); Windows has
 * no such rule.
 */
export function systemServers(
  known = readServers(),
  settings = readResolvConf,
  system: NodeJS.Platform = platform(),
): Server[] {
  if (system === 'win32' && known.length === 1 && known[0] === fallback) return [];
  const zoned = known.some(isLinkLocal) ? zonedServers(settings()) : [];
  const texts = known.flatMap((text) => {
    const found = isLinkLocal(text) ? zoned.filter((address) => withoutZone(address) === text) : [];
    return found.length > 0 ? found : [text];
  });
  return [...new Set(texts)].flatMap((text) => parseServer(text) ?? []);
}

/**
 * Creates a function that lists the servers of the system as they are set now, unless the program has chosen others with
 * `dns.setServers`.
 *
 * @param inUse lists the servers that Node uses: those that the system had at first, or those that the program has chosen.
 * @param current lists the servers of the system.
 */
export function createServerReader(
  inUse: () => readonly string[],
  current: () => readonly string[],
): () => readonly string[] {
  const first = String(inUse());
  const isChosen = first !== String(current());
  return () => {
    const used = inUse();
    return isChosen || String(used) !== first ? used : current();
  };
}

/** Only a new resolver reads the settings; the others keep what they have read. */
const readServers = createServerReader(getServers, () => new Resolver().getServers());

/** The name servers in the settings whose addresses have a zone (resolv.conf(5)). */
const zonedServers = (settings: string): string[] =>
  [...settings.matchAll(/^\s*nameserver\s+([\da-f:.]+%\S+)/gim)].flatMap(([, address = '']) => {
    const [host = '', zone = ''] = address.split('%');
    return isIPv6(host) ? [`${canonicalIPv6(host)}%${zone}`] : [];
  });

function readResolvConf(): string {
  try {
    return readFileSync(resolvConf, 'utf8');
  } catch {
    return '';
  }
}
