import type { Server } from '../../src/dns/transport/index.js';
import type { Reply } from '../../src/dns/wire/reply.js';
import type { Prober } from '../../src/probe/prober.js';
import { openAuthority } from '../../src/probers/authority.js';
import {
  candidateOf,
  type PlayedContext,
  type PlayedOptions,
  type PlayedQuery,
  type PlayedRun,
  type PlayedServer,
  playProber,
  serverAt,
  urlAt,
} from '../helpers/played.js';

// Loaded in real time, for which virtual time does not wait.
await import('tldts');

/** A zone of a hierarchy, and what its servers know. */
export interface PlayedZone {
  /** The addresses of its name servers. */
  readonly servers: readonly string[];
  /** The names that have an address in the zone itself. */
  readonly hosts?: readonly string[];
  /** The names that are delegated, even if their own servers do not answer. */
  readonly delegated?: readonly string[];
  /** Whether every other name has an address, too. */
  readonly isWildcard?: boolean;
  /** Replaces the replies of its servers. */
  readonly reply?: (proper: Partial<Reply>, query: ZoneQuery) => Partial<Reply> | undefined;
}

/** A query, and the address of the server that receives it. */
type ZoneQuery = PlayedQuery & { readonly address: string };

/** The zones of a hierarchy, by their names; '' is the root. */
export type Hierarchy = Readonly<Record<string, PlayedZone>>;

const isBelow = (name: string, zone: string): boolean => zone === '' || name.endsWith(`.${zone}`);

const serverName = (zone: string, index: number): string => `ns${index + 1}.nic.${zone || 'root'}`;

/** What a server of a zone replies. */
function properReply(zoneName: string, zone: PlayedZone, name: string, type: string): Partial<Reply> {
  const { servers, hosts = [], delegated = [], isWildcard = false } = zone;
  const isAuthoritative = true;
  const parent = delegated.find((each) => name === each || isBelow(name, each));
  if (parent !== undefined) return { referral: parent, serverNames: ['ns1.example', 'ns2.example'] };
  if (name === zoneName && type === 'NS')
    return {
      isAuthoritative,
      nameServers: true,
      serverNames: servers.map((_, index) => serverName(zoneName, index)),
    };
  const exists = name === zoneName || hosts.some((host) => host === name || isBelow(host, name));
  if (!exists && !isWildcard) return { isAuthoritative, rcode: 'NXDOMAIN', zone: zoneName };
  const hasAddress = type === 'A' && name !== zoneName && (hosts.includes(name) || isWildcard);
  return hasAddress ? { isAuthoritative, addresses: ['192.0.2.80'] } : { isAuthoritative, zone: zoneName };
}

/** The resolver, which knows all zones. */
export const resolverOf =
  (zones: Hierarchy): PlayedServer =>
  ({ name, type }) => {
    for (const [zoneName, { servers }] of Object.entries(zones)) {
      const address = servers.find((_, index) => serverName(zoneName, index) === name);
      if (address !== undefined) return type === 'A' ? { addresses: [address] } : {};
    }
    const holders = Object.keys(zones).filter((zone) => name === zone || isBelow(name, zone));
    const holder = holders.toSorted((one, other) => other.length - one.length)[0];
    const zone = holder === undefined ? undefined : zones[holder];
    if (holder === undefined || zone === undefined) return { rcode: 'NXDOMAIN', zone: '' };
    return properReply(holder, { ...zone, delegated: [] }, name, type);
  };

/** A run of a hierarchy, and the queries that each address received. */
export interface HierarchyRun extends PlayedRun {
  readonly at: (address: string) => PlayedRun['queries'][number];
}

/** How a run of a hierarchy is played. */
export interface HierarchyOptions extends PlayedOptions {
  /** The resolver that is asked for name servers; by default one that knows all zones. */
  readonly resolver?: PlayedServer;
  /** Opens the prober; by default the authority. */
  readonly open?: (context: PlayedContext, resolver: Server) => Prober;
}

const openAuthorityOf: NonNullable<HierarchyOptions['open']> = (context, resolver) =>
  openAuthority({ ...context, servers: [resolver] });

/**
 * Plays a run in virtual time in which the servers of zones are asked.
 *
 * @param names whole names, or words and the suffixes that they are put under, with a space between them.
 */
export async function playAuthority(
  zones: Hierarchy,
  names: readonly string[],
  { resolver = resolverOf(zones), open = openAuthorityOf, ...options }: HierarchyOptions = {},
): Promise<HierarchyRun> {
  const servers = new Map<string, PlayedServer>([[urlAt(0), resolver]]);
  for (const address of Object.values(zones).flatMap((zone) => zone.servers))
    servers.set(`udp://${address}:53`, (query) => {
      const zone = zones[query.zone ?? ''];
      if (zone === undefined) return { rcode: 'REFUSED' };
      const proper = properReply(query.zone ?? '', zone, query.name, query.type);
      return zone.reply ? zone.reply(proper, { ...query, address }) : proper;
    });
  const resolverServer = serverAt(urlAt(0));
  const run = await playProber(
    servers,
    (context) => open(context, resolverServer),
    names.map(candidateOf),
    options,
  );
  const urls = [...servers.keys()];
  return { ...run, at: (address) => run.queries[urls.indexOf(`udp://${address}:53`)] ?? [] };
}
