import { lookup } from 'node:dns';
import pLimit from 'p-limit';
import { endsInNumber } from '../../util/ip-address.js';
import type { Endpoint, Outcome, Query, Settled, Transport } from './transport.js';

/** The threads that Node has for `getaddrinfo`. A look-up beyond them would spend its time limit in Node's queue. */
const threads = 4;

/**
 * Opens a transport that asks `getaddrinfo`, which reads the hosts file and uses whatever else the system is set to
 * use. It can only find addresses: Node reports a missing name, a missing address and a missing domain alike.
 */
export function openSystem<Q extends Query>(
  { url: server }: Endpoint,
  timeout: number,
  settled: Settled<Q>,
): Transport<Q> {
  const limit = pLimit(threads);
  const pending = new Set<Q>();

  /** Looks a name up. The promise is fulfilled when the thread is free again, which may be after a time-out. */
  const lookUp = (name: string, settle: (outcome: Outcome) => void) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(settle, timeout, { failure: 'no reply from getaddrinfo', server });
      lookup(name, { all: true }, (error, found) => {
        clearTimeout(timer);
        resolve();
        if (error) settle({ failure: 'no address, and getaddrinfo does not say why', server });
        else settle({ reply: { truncated: false, addresses: unique(found) }, server });
      });
    });

  return {
    reliable: true,
    keepsTime: true,
    ask(query) {
      const { name } = query.question;
      const settle = (outcome: Outcome) => {
        if (pending.delete(query)) settled(query, outcome);
      };
      pending.add(query);
      void limit(async () => {
        if (endsInNumber(name)) settle({ failure: 'getaddrinfo takes it for an IP address', server });
        else if (pending.has(query)) await lookUp(name, settle);
      });
    },
    forget: (query) => void pending.delete(query),
    close() {
      pending.clear();
      limit.clearQueue();
    },
  };
}

/** `getaddrinfo` may report an address more than once, such as for several entries of the hosts file. */
const unique = (found: readonly { address: string }[]): string[] => [
  ...new Set(found.map(({ address }) => address)),
];
