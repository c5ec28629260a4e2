import { openResolver } from '../dns/resolver/resolver.js';
import type { Server } from '../dns/transport/index.js';
import type { Candidate } from '../names/candidate.js';
import { probe } from './probe.js';
import type { ProbeResult } from './result.js';
import { createTrust } from './trust.js';

/** How to probe. */
export interface ProberOptions {
  readonly servers: readonly Server[];
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
  /** Finds out what is known about a name. Never rejects; never settles after `close`. */
  probe(candidate: Candidate): Promise<ProbeResult>;
  /** How many names are worth having in flight now. */
  capacity(): number;
  /** Closes the sockets; names in flight are never answered. */
  close(): void;
}

/** Opens a resolver and joins it with the trust in its servers. */
export function openProber({ canary, note = () => {}, ...options }: ProberOptions): Prober {
  const { ask, capacity, distrust, close } = openResolver(options);
  // getaddrinfo reports only names with an address, so canaries cannot test it.
  const testable = options.servers.filter(({ scheme }) => scheme !== 'system').map(({ url }) => url);
  const trust = canary
    ? createTrust({
        servers: testable,
        ask(question, server) {
          options.log?.(`canary: ${server} is asked for ${question.name || 'the root'} ${question.type}`);
          return ask(question, { only: server });
        },
        distrust,
        note,
      })
    : undefined;
  return { probe: (candidate) => probe(candidate, ask, trust), capacity, close };
}
