import type { Outage } from '../dns/resolver/outage.js';
import { type Ask, openResolver } from '../dns/resolver/resolver.js';
import type { Upstreams } from '../dns/resolver/upstreams.js';
import type { Server } from '../dns/transport/index.js';
import type { Candidate } from '../names/candidate.js';
import { reportOf, type ServerReport } from '../servers/server-report.js';
import { probe } from './probe.js';
import type { ProbeResult } from './result.js';
import type { AskAuthority } from './second-opinion.js';
import { createTrust } from './trust/trust.js';

/** How a prober asks. */
export interface ProberOptions {
  /** The servers of the run, among them those that are asked. */
  readonly upstreams: Upstreams;
  readonly servers: readonly Server[];
  /** The zone of authoritative servers, which are asked without recursion; undefined for resolvers. */
  readonly zone?: string | undefined;
  /** Attempts for one question, at all servers together. */
  readonly tries: number;
  /** Whether the servers are tested by canaries before they are believed. */
  readonly canary: boolean;
  /** The most names that are asked for at once, by whoever calls `probe`; unlimited if not set. */
  readonly concurrency?: number | undefined;
  /** Asks the authoritative servers of a name's suffix, if those may be asked beside the resolvers. */
  readonly authority?: AskAuthority | undefined;
  /** Whether the authority is asked about every name without an answer; false by default. */
  readonly isAuthorityChosen?: boolean | undefined;
  /** Receives a log line for each retry and each canary. */
  readonly log?: ((message: string) => void) | undefined;
  /** Receives what a user should know about the network, each message once. */
  readonly note?: ((message: string) => void) | undefined;
}

/** Probes names through shared sockets. */
export interface Prober {
  /**
   * Finds out what is known about a name. Never rejects; never settles after `close`.
   *
   * @param capacityFreed is called when there may be room for another name before this one has its result.
   */
  probe(candidate: Candidate, capacityFreed?: () => void): Promise<ProbeResult>;
  /** The number of names worth having in flight now, without those that have been answered and wait for canaries. */
  capacity(): number;
  /** The number of names that have been answered and wait for canaries. */
  waiting(): number;
  /** Says what the names in flight wait for, to follow "waiting for"; undefined if nothing is waited for. */
  waitingFor(): string | undefined;
  /** Describes an outage of all servers that names in flight wait for; undefined if there is none. */
  outage(): Outage | undefined;
  /** Returns what has been learned of each server, in the order of the servers. */
  reports(): readonly ServerReport[];
  /** Stops probing; names in flight are never answered. */
  close(): void;
}

/** Opens a resolver and joins it with the trust in its servers. */
export function openProber(options: ProberOptions): Prober {
  const { upstreams, servers, zone, tries, canary, concurrency, log, note = () => {} } = options;
  const { authority, isAuthorityChosen } = options;
  const { platform, nextPlace } = upstreams;
  let freed: (() => void) | undefined;
  const resolver = openResolver({
    upstreams,
    servers,
    tries,
    log,
    drained: () => trust?.drained(),
    capacityFreed: () => freed?.(),
  });
  const areAuthoritative = zone !== undefined;
  const ask = areAuthoritative ? askInZone(zone, resolver.ask) : resolver.ask;
  const trust = canary
    ? createTrust({
        platform,
        // getaddrinfo reports only names with an address, so canaries cannot test it.
        servers: servers.filter(({ scheme }) => scheme !== 'system').map(({ url }) => url),
        ask,
        isDrained: resolver.isDrained,
        concurrency,
        nextPlace,
        tries,
        authority,
        areAuthoritative,
        note,
        log,
      })
    : undefined;
  const asker = { ask, trust, clock: platform.clock, authority, areAuthoritative, isAuthorityChosen };
  return {
    probe(candidate, capacityFreed) {
      if (capacityFreed) freed = capacityFreed;
      return probe(candidate, asker, capacityFreed);
    },
    capacity: resolver.capacity,
    waiting: () => trust?.waiting() ?? 0,
    waitingFor: resolver.waitingFor,
    outage: resolver.outage,
    reports: () =>
      resolver.records().map((record, index) => reportOf(record, trust?.lieOf(servers[index]?.url ?? ''))),
    close() {
      trust?.close();
      resolver.close();
    },
  };
}

/** Asks the servers of a zone, without recursion. */
function askInZone(zone: string, ask: Ask): Ask {
  const flags = { zone };
  return (question, policy) =>
    ask({ ...question, flags: question.flags ? { ...question.flags, zone } : flags }, policy);
}
