import type { Answer } from 'dns-packet';
import {
  authoritative,
  nxdomain,
  type PacketQuery,
  type PacketReply,
  type PacketServer,
  servePackets,
  servfail,
} from '../helpers/packet-server.js';

/** A zone of the hierarchy. */
export interface TestZone {
  /** The loopback addresses of its name servers. */
  readonly servers: readonly string[];
  /** The names that have an address in the zone itself. */
  readonly hosts?: readonly string[];
  /** The names that are delegated, even if their own servers do not answer. */
  readonly delegated?: readonly string[];
  /** Whether every other name has an address, too. */
  readonly isWildcard?: boolean;
  /** Those of these servers that do not run. */
  readonly dead?: readonly string[];
  /** Replaces the replies of its servers. */
  readonly reply?: (query: PacketQuery, proper: PacketReply) => PacketReply;
}

/** A root, suffixes with their name servers, and a resolver that knows them. */
export interface Hierarchy {
  readonly resolver: PacketServer;
  /** The name servers, by their address. */
  readonly servers: ReadonlyMap<string, PacketServer>;
  /** The port of all name servers. */
  readonly port: number;
}

const soa = (zone: string): Answer => ({
  type: 'SOA',
  name: zone || '.',
  data: { mname: `ns.${zone}`, rname: `x.${zone}`, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
});
const nameServer = (zone: string, data: string): Answer => ({ type: 'NS', name: zone || '.', data });
const serverName = (zone: string, index: number) => `ns${index + 1}.nic.${zone || 'root'}`;
const isBelow = (name: string, zone: string) => zone === '' || name.endsWith(`.${zone}`);

/** What a server of a zone replies. */
function properReply(name: string, zone: TestZone, { name: asked, type }: PacketQuery): PacketReply {
  const { servers, hosts = [], delegated = [], isWildcard = false } = zone;
  const flags = authoritative;
  const parent = delegated.find((each) => asked === each || asked.endsWith(`.${each}`));
  if (parent !== undefined) {
    const data = ['ns1.example', 'ns2.example'];
    return { authorities: data.map((each) => nameServer(parent, each)) };
  }
  if (asked === name && type === 'NS')
    return { flags, answers: servers.map((_, index) => nameServer(name, serverName(name, index))) };
  const exists = asked === name || hosts.includes(asked) || hosts.some((host) => host.endsWith(`.${asked}`));
  if (exists || isWildcard) {
    const hasAddress = type === 'A' && asked !== name && (hosts.includes(asked) || isWildcard);
    if (hasAddress) return { flags, answers: [{ type: 'A', name: asked, data: '192.0.2.1' }] };
    return { flags, authorities: [soa(name)] };
  }
  return { flags: flags | nxdomain, authorities: [soa(name)] };
}

/** Starts the servers of all zones, by the names of the zones, and a resolver. Names in `failing` fail at the resolver. */
export async function serveHierarchy(
  zones: Readonly<Record<string, TestZone>>,
  failing: ReadonlySet<string> = new Set(),
): Promise<Hierarchy> {
  const servers = new Map<string, PacketServer>();
  let port = 0;
  for (const [name, zone] of Object.entries(zones)) {
    for (const address of zone.servers.filter((each) => zone.dead?.includes(each) !== true)) {
      const answer = (query: PacketQuery) => {
        const proper = properReply(name, zone, query);
        return zone.reply ? zone.reply(query, proper) : proper;
      };
      const server = await servePackets(answer, address, port);
      servers.set(address, server);
      port = server.port;
    }
  }
  const resolver = await servePackets((query) => {
    const { name, type } = query;
    if (failing.has(name)) return { flags: servfail };
    for (const [zone, { servers }] of Object.entries(zones)) {
      const index = servers.findIndex((_, index) => serverName(zone, index) === name);
      if (index < 0) continue;
      return type === 'A' ? { answers: [{ type, name, data: servers[index] ?? '' }] } : {};
    }
    const holder = Object.keys(zones)
      .filter((zone) => name === zone || isBelow(name, zone))
      .toSorted((one, other) => other.length - one.length)[0];
    const zone = holder === undefined ? undefined : zones[holder];
    if (holder === undefined || zone === undefined) return { flags: nxdomain, authorities: [soa('')] };
    const proper = properReply(holder, { ...zone, delegated: [] }, query);
    return { ...proper, flags: (proper?.flags ?? 0) & 0xf };
  });
  return { resolver, servers, port };
}
