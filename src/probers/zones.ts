import type { Ask } from '../dns/resolver/resolver.js';
import { isWithin } from '../dns/wire/name.js';
import { addressInUrl, kindOfAddress } from '../util/address-kind.js';
import type { CancelTimer, Clock } from '../util/clock.js';
import { isIPv6 } from '../util/ip-address.js';

/** A zone and the addresses of its name servers. */
export interface Zone {
  /** Empty for the root. */
  readonly name: string;
  readonly addresses: readonly string[];
}

/** A zone could not be found. */
export interface Unfound {
  /** The reason, in words. */
  readonly failure: string;
}

/** Milliseconds to wait for other addresses of name servers after the first one is known. */
const grace = 300;
/** The most name servers of a zone whose addresses are looked up; the root has 13. */
const maximumServers = 13;

/**
 * Finds the zone that holds a suffix, and its name servers.
 *
 * @param ask asks resolvers.
 */
export async function findZone(suffix: string, ask: Ask, clock: Clock): Promise<Zone | Unfound> {
  const found = await findServerNames(suffix, ask);
  if ('failure' in found) return found;
  const { followed, others } = await findAddresses(found.serverNames.slice(0, maximumServers), ask, clock);
  if (followed.size === 0) return { failure: explainNone(found.zone, others) };
  // Most hosts reach all servers over IPv4, and many none over IPv6.
  const sorted = [...followed].toSorted((one, other) => Number(isIPv6(one)) - Number(isIPv6(other)));
  return { name: found.zone, addresses: sorted };
}

/** Explains why no name server of a zone is asked. */
function explainNone(zone: string, [other]: readonly string[]): string {
  const servers = `the name servers of ${shown(zone)}`;
  if (other === undefined) return `${servers} have no known address`;
  return `${servers} are not asked: ${other} is ${kindOfAddress(other)}`;
}

/**
 * Whether queries are sent to a name server. A zone could lead them to any host of the own network, so addresses that have a
 * meaning only there are followed only within it.
 *
 * @param resolver the URL of the resolver that gave the address.
 */
function isFollowed(address: string, resolver: string): boolean {
  const kind = kindOfAddress(address);
  if (kind === 'public') return true;
  const giver = addressInUrl(resolver);
  return (kind === 'loopback' || kind === 'private') && giver !== undefined && kindOfAddress(giver) === kind;
}

/** The addresses of name servers. */
interface Addresses {
  readonly followed: ReadonlySet<string>;
  /** Those that no queries are sent to. */
  readonly others: readonly string[];
}

/** Looks up the addresses of servers. Ends when all look-ups have ended, or some time after the first address is known. */
function findAddresses(names: readonly string[], ask: Ask, clock: Clock): Promise<Addresses> {
  const followed = new Set<string>();
  const others: string[] = [];
  return new Promise((resolve) => {
    let cancelTimer: CancelTimer | undefined;
    const end = () => {
      cancelTimer?.();
      resolve({ followed, others });
    };
    const lookUp = async (name: string, type: 'A' | 'AAAA') => {
      const { outcome } = await ask({ name, type });
      if ('failure' in outcome) return;
      for (const address of outcome.reply.addresses) {
        if (isFollowed(address, outcome.server)) followed.add(address);
        else others.push(address);
      }
      if (followed.size > 0) cancelTimer ??= clock.setTimer(grace, end);
    };
    const lookUps = names.flatMap((name) => [lookUp(name, 'A'), lookUp(name, 'AAAA')]);
    void Promise.all(lookUps).then(end);
  });
}

const shown = (zone: string): string => (zone === '' ? 'the root' : `.${zone}`);

/** Looks for the closest zone at or above a suffix. */
async function findServerNames(
  suffix: string,
  ask: Ask,
): Promise<{ readonly zone: string; readonly serverNames: readonly string[] } | Unfound> {
  for (let zone = suffix; ; ) {
    const { outcome } = await ask({ name: zone, type: 'NS' });
    if ('failure' in outcome)
      return { failure: `cannot find the name servers of ${shown(zone)}: ${outcome.failure}` };
    const { server } = outcome;
    const { nameServers, serverNames = [], zone: holder, alias } = outcome.reply;
    if (nameServers && serverNames.length > 0) return { zone, serverNames };
    if (zone === '')
      return {
        failure: `cannot find the name servers of ${shown(suffix)}: ${server} denies those of the root, too`,
      };
    const parent = zone.slice(zone.indexOf('.') + 1 || zone.length);
    // A denial names the zone that it comes from.
    const isAbove = alias === undefined && holder !== undefined && isWithin(zone, holder);
    zone = isAbove && holder !== zone ? holder : parent;
  }
}
