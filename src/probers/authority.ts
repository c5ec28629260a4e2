import { interception } from '../dns/resolver/refusal.js';
import { openResolver, type Resolver } from '../dns/resolver/resolver.js';
import type { Server } from '../dns/transport/index.js';
import { publicSuffixOf } from '../names/public-suffix.js';
import { openProber, type Prober, type ProberOptions } from '../probe/prober.js';
import type { ProbeResult } from '../probe/result.js';
import type { ServerReport } from '../servers/server-report.js';
import { bracketed } from '../util/ip-address.js';
import { commonOutage } from './common-outage.js';
import { unknownResult } from './unknown-result.js';
import { findZone, type Unfound } from './zones.js';

/** How a prober asks authoritative servers. */
export interface AuthorityOptions extends Omit<ProberOptions, 'zone'> {
  /** The resolvers that are asked for the name servers of each suffix. */
  readonly servers: readonly Server[];
  /** The port of all name servers; 53 by default. */
  readonly port?: number;
}

/** The number of names worth having in flight before the servers of any suffix are known. */
const initialCapacity = 64;
/** Milliseconds after which a suffix whose servers could not be found is looked for again. */
const failureLifetime = 250;
/** The most names in flight. */
const maximumCapacity = 10_000;

/**
 * Opens a prober that asks the name servers of each name's own suffix, without recursion. The servers of each
 * suffix are looked up once.
 */
export function openAuthority(options: AuthorityOptions): Prober {
  const { upstreams, note = () => {}, log, port = 53 } = options;
  const { clock } = upstreams.platform;
  let finder: Resolver | undefined;
  const probers = new Map<string, Promise<Prober | Unfound>>();
  /** When the servers of a suffix could not be found: milliseconds, on the clock of the platform. */
  const failedAt = new Map<string, number>();
  const open = new Set<Prober>();
  let isClosed = false;
  let isIntercepted = false;

  const find = async (suffix: string): Promise<Prober | Unfound> => {
    finder ??= openResolver(options);
    const zone = await findZone(suffix, finder.ask, clock);
    if ('failure' in zone) return zone;
    log?.(`.${suffix}: asking ${zone.addresses.join(', ')}`);
    const servers = zone.addresses.map((address) => serverAt(address, port));
    const prober = openProber({ ...options, servers, zone: zone.name });
    if (isClosed) prober.close();
    else open.add(prober);
    return prober;
  };

  const proberOf = (suffix: string): Promise<Prober | Unfound> => {
    const known = probers.get(suffix);
    const isOver = clock.now() - (failedAt.get(suffix) ?? Number.POSITIVE_INFINITY) >= failureLifetime;
    if (known && !isOver) return known;
    failedAt.delete(suffix);
    const found = find(suffix);
    probers.set(suffix, found);
    void found.then((prober) => {
      if ('failure' in prober) failedAt.set(suffix, clock.now());
    });
    return found;
  };

  const noteInterception = ({ status, reason }: ProbeResult) => {
    if (isIntercepted || status !== 'unknown' || !reason.includes(interception)) return;
    isIntercepted = true;
    note('this network intercepts DNS; authoritative servers cannot be reached');
  };

  return {
    async probe(candidate, capacityFreed) {
      const { tld } = candidate;
      const suffix = await publicSuffixOf(candidate);
      const prober = await proberOf(suffix);
      if ('failure' in prober) return unknownResult(candidate, prober.failure);
      const result = await prober.probe({ ...candidate, tld: suffix }, capacityFreed);
      noteInterception(result);
      return { ...result, tld };
    },
    capacity() {
      let sum = initialCapacity;
      for (const prober of open) sum += prober.capacity();
      return Math.min(sum + probers.size, maximumCapacity);
    },
    waiting() {
      let sum = 0;
      for (const prober of open) sum += prober.waiting();
      return sum;
    },
    waitingFor() {
      for (const prober of open) {
        const waiting = prober.waitingFor();
        if (waiting !== undefined) return waiting;
      }
      return finder?.waitingFor();
    },
    outage: () => commonOutage(finder ? [finder, ...open] : open),
    reports: () => mergeReports([...open].flatMap((prober) => prober.reports())),
    close() {
      isClosed = true;
      finder?.close();
      for (const prober of open) prober.close();
    },
  };
}

/** Merges the reports of one server under different suffixes; a server that was good for one of them is good. */
function mergeReports(reports: readonly ServerReport[]): ServerReport[] {
  const merged = new Map<string, ServerReport>();
  for (const report of reports) {
    if (merged.get(report.server)?.verdict !== 'good') merged.set(report.server, report);
  }
  return [...merged.values()];
}

const serverAt = (address: string, port: number): Server => ({
  scheme: 'auto',
  url: `udp://${bracketed(address)}:${port}`,
  address,
  port,
});
