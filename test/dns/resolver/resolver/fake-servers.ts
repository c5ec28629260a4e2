import { onTestFinished, vi } from 'vitest';
import { type Answer, openResolver, type ResolverOptions } from '../../../../src/dns/resolver/resolver.js';
import { transports } from '../../../../src/dns/transport/index.js';
import type { OpenTransport, Outcome } from '../../../../src/dns/transport/transport.js';
import type { Reply } from '../../../../src/dns/wire/reply.js';
import { endOfTurn, stopTime } from '../upstreams.js';

/** A query as a fake server gets it. */
export interface ReceivedQuery {
  readonly name: string;
  /** The URL of the server. */
  readonly url: string;
  /** Ends the query with a reply or a failure, unless the resolver has told the transport to forget it. */
  end(outcome: Outcome): void;
}

export const first = 'udp://192.0.2.1:53';
export const second = 'udp://192.0.2.2:53';

/** A reply with an address. */
export const replyFrom = (server: string, reply: Partial<Reply> = {}): Outcome => ({
  reply: { rcode: 'NOERROR', truncated: false, addresses: ['192.0.2.80'], ...reply },
  server,
});

export const refusalFrom = (server: string): Outcome =>
  replyFrom(server, { rcode: 'REFUSED', addresses: [] });

/** A failure that every other try would meet again. */
export const permanentFailureOf = (server: string): Outcome => ({
  failure: `certificate from an unknown issuer at ${server}`,
  server,
  isPermanent: true,
});

/**
 * Opens a resolver whose transports hand the queries to the test. Time stands still until the test calls `pass`, and
 * pauses have no jitter: 50 ms, 100 ms and so on.
 *
 * @param count how many servers it asks: `first`, or both `first` and `second`.
 */
export function openFakes(count: 1 | 2, options: Partial<ResolverOptions> = {}) {
  stopTime();
  const received: ReceivedQuery[] = [];
  /** The queries that have no outcome and are not forgotten. */
  const unanswered = new Map<unknown, (outcome: Outcome) => void>();
  const open: OpenTransport = ({ url }, _timeout, settled) => ({
    reliable: false,
    enforcesTimeout: false,
    ask(query) {
      unanswered.set(query, (outcome) => settled(query, outcome));
      const end = (outcome: Outcome) => {
        const settle = unanswered.get(query);
        unanswered.delete(query);
        settle?.(outcome);
      };
      received.push({ name: query.question.name, url, end });
    },
    forget: (query) => void unanswered.delete(query),
    close: () => unanswered.clear(),
  });
  const opening = vi.spyOn(transports.udp, 'open').mockImplementation(open);
  const jitter = vi.spyOn(Math, 'random').mockReturnValue(0.5);
  onTestFinished(() => {
    opening.mockRestore();
    jitter.mockRestore();
  });
  const servers = ['192.0.2.1', '192.0.2.2']
    .slice(0, count)
    .map((address) => ({ scheme: 'udp' as const, url: `udp://${address}:53`, address, port: 53 }));
  const resolver = openResolver({ servers, timeout: 3000, tries: 7, ...options });

  /** Asks for a name; `answer` is set when the answer is known. */
  const ask = async (name = 'x.dev', route?: { readonly only?: string; readonly first?: string }) => {
    const asked: { answer?: Answer } = {};
    void resolver.ask({ name, type: 'A' }, route).then((answer) => {
      asked.answer = answer;
    });
    await endOfTurn();
    return asked;
  };

  /** Fails all queries together, as a transport does when its socket fails: none of them can be forgotten any longer. */
  const failAll = (failure: Outcome) => {
    const all = [...unanswered.values()];
    unanswered.clear();
    for (const settle of all) settle(failure);
  };

  /** The servers that got a query, in order. */
  const askedServers = () => received.map(({ url }) => url);

  return { resolver, received, ask, askedServers, failAll, unanswered };
}

/** Lets time pass, and what is due in that time happen. */
export async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 10) {
    vi.advanceTimersByTime(10);
    await endOfTurn();
  }
}
