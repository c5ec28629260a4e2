import { lookup } from 'node:dns';
import pLimit from 'p-limit';
import { endsInNumber } from '../../util/ip-address.js';
import type { Outcome, Query, Server, Settled, Transport } from './transport.js';

/** Node's threads for `getaddrinfo`: a look-up beyond them would spend its time in the queue. */
const threads = 4;

/**
 * Asks `getaddrinfo`, which reads the hosts file and whatever else the system is set to use. It can tell
 * only that there is an address: Node reports no such name, no address and no such domain alike.
 */
export function openSystem<Q extends Query>(
  { url: server }: Server,
  timeout: number,
  settled: Settled<Q>,
): Transport<Q> {
  const limit = pLimit(threads);
  const wanted = new Set<Q>();

  const lookUp = (name: string, settle: (outcome: Outcome) => void) =>
    new Promise<void>((threadFree) => {
      const timer = setTimeout(settle, timeout, { failure: 'no reply from getaddrinfo', server });
      lookup(name, { all: true }, (error, found) => {
        clearTimeout(timer);
        threadFree();
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
        if (wanted.delete(query)) settled(query, outcome);
      };
      wanted.add(query);
      void limit(async () => {
        if (endsInNumber(name)) settle({ failure: 'getaddrinfo takes it for an address', server });
        else if (wanted.has(query)) await lookUp(name, settle);
      });
    },
    forget: (query) => void wanted.delete(query),
    close() {
      wanted.clear();
      limit.clearQueue();
    },
  };
}

const unique = (found: readonly { address: string }[]): string[] => [
  ...new Set(found.map(({ address }) => address)),
];
