import { type Ask, openResolver, type ResolverOptions } from '../dns/resolver/resolver.js';
import type { Server } from '../dns/transport/index.js';
import type { Candidate } from '../names/candidate.js';
import { probe } from './probe.js';
import type { ProbeResult } from './result.js';
import { reportOf, type ServerReport } from './server-report.js';
import { createTrust } from './trust/trust.js';

/** How to probe. */
export interface ProberOptions {
  readonly servers: readonly Server[];
  /** The zone that the servers serve, which are asked without recursion; undefined for resolvers. */
  readonly zone?: string | undefined;
  /** See `ResolverOptions`. */
  readonly openerOf?: ResolverOptions['openerOf'];
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Attempts for one question, at all servers together. */
  readonly tries: number;
  /** Queries a second, to all servers together; unlimited if not set. */
  readonly rate?: number | undefined;
  /** Whether the servers are tested by canaries before they are believed. */
  readonly canary: boolean;
  /** Is told which questions are asked again, and why, and which canaries are sent. */
  readonly log?: ((message: string) => void) | undefined;
  /** Is told once what a person should know about the network. */
  readonly note?: ((message: string) => void) | undefined;
}

/** Probes names through shared sockets. */
export interface Prober {
  /**
   * Finds out what is known about a name. Never rejects; never settles after `close`.
   *
   * @param onRoom is called when there may be room for another name before this one has its result.
   */
  probe(candidate: Candidate, onRoom?: () => void): Promise<ProbeResult>;
  /** How many names are worth having in flight now, those included that have been answered and wait for canaries. */
  capacity(): number;
  /** Says what the names in flight wait for, to follow "waiting for"; undefined if nothing is waited for. */
  waitingFor(): string | undefined;
  /** Returns what has been learned of each server, in the order of the servers. */
  reports(): readonly ServerReport[];
  /** Closes the sockets; names in flight are never answered. */
  close(): void;
}

/** Opens a resolver and joins it with the trust in its servers. */
export function openProber({ canary, note = () => {}, zone, ...options }: ProberOptions): Prober {
  const { ask: askAny, ...resolver } = openResolver(options);
  const flags = zone === undefined ? undefined : { zone };
  const ask: Ask = flags ? (question, route) => askAny({ ...question, flags }, route) : askAny;
  const { timeout, tries } = options;
  // getaddrinfo reports only names with an address, so canaries cannot test it.
  const testable = options.servers.filter(({ scheme }) => scheme !== 'system').map(({ url }) => url);
  const trust = canary
    ? createTrust({
        servers: testable,
        askServer(question, server) {
          options.log?.(`canary: ${server} is asked for ${question.name || 'the root'} ${question.type}`);
          return ask(question, { only: server });
        },
        ask,
        timeout,
        tries,
        note,
        log: options.log,
      })
    : undefined;
  return {
    probe: (candidate, onRoom) => probe(candidate, ask, trust, onRoom),
    capacity: () => resolver.capacity() + (trust?.waiting() ?? 0),
    waitingFor: resolver.waitingFor,
    reports: () =>
      resolver
        .records()
        .map((record, index) => reportOf(record, trust?.lieOf(options.servers[index]?.url ?? ''))),
    close() {
      trust?.close();
      resolver.close();
    },
  };
}
