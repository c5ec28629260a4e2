import { openResolver } from '../dns/resolver/resolver.js';
import type { Server } from '../dns/transport/transport.js';
import type { Candidate } from '../names/candidate.js';
import type { Task } from '../util/as-completed.js';
import { probe } from './probe.js';
import type { ProbeResult } from './result.js';
import { openTrust } from './trust.js';

/** How to probe. */
export interface ProberOptions {
  readonly servers: readonly Server[];
  /** Milliseconds that one try may take. */
  readonly timeout: number;
  /** Tries of one question, at all servers together. */
  readonly tries: number;
  /** Queries a second, to all servers together; unlimited if not set. */
  readonly rate?: number | undefined;
  /** Whether the servers are tested before they are believed. */
  readonly canary: boolean;
  /** Is told what is asked again, and why. */
  readonly log?: ((message: string) => void) | undefined;
  /** Is told what a person should know about the network, each thing once. */
  readonly note?: ((message: string) => void) | undefined;
}

/** Probes names by way of the same sockets. */
export interface Prober {
  /** Finds out what is known about a name, and gives it to `complete`. */
  readonly probe: Task<Candidate, ProbeResult>;
  /** Names that are worth having in flight at present. */
  capacity(): number;
  /** Frees the sockets; what is in flight is never answered. */
  close(): void;
}

/** Opens what probing needs. */
export function openProber({ canary, note = () => {}, ...options }: ProberOptions): Prober {
  const resolver = openResolver(options);
  // getaddrinfo only ever tells that a name is live: there is nothing to test it by.
  const testable = options.servers.filter(({ scheme }) => scheme !== 'system').map(({ url }) => url);
  const trust = canary
    ? openTrust({
        servers: testable,
        ask(question, server) {
          options.log?.(`canary: ${server} is asked for ${question.name || 'the root'} ${question.type}`);
          return resolver.ask(question, { only: server });
        },
        distrust: resolver.distrust,
        note,
      })
    : undefined;
  return {
    probe: (candidate, complete, fail) => probe(candidate, resolver, trust, complete, fail),
    capacity: resolver.capacity,
    close: resolver.close,
  };
}
