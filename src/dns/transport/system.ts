import { lookup } from 'node:dns';
import pLimit from 'p-limit';
import { endsInNumber } from '../../util/ip-address.js';
import type { Endpoint, Outcome, Query, Transport, TransportContext } from './transport.js';

/** The number of threads on which Node runs `getaddrinfo`. Another look-up would spend its time-out waiting for one. */
const threads = 4;

/**
 * Opens a transport that asks `getaddrinfo`, which reads the hosts file and uses whatever else the system is configured
 * to use. It can only find addresses: if there are none, Node does not tell whether the name exists.
 */
export function openSystem<Q extends Query>(
  { url: server }: Endpoint,
  { platform: { clock }, timeout, settled }: TransportContext<Q>,
): Transport<Q> {
  const limit = pLimit(threads);
  const pending = new Set<Q>();

  /** Looks a name up. The promise is fulfilled once the thread is free again, which may be after the time-out. */
  const findAddresses = (name: string, settle: (outcome: Outcome) => void) =>
    new Promise<void>((resolve) => {
      const cancelTimer = clock.setTimer(timeout, () =>
        settle({ failure: 'no reply from getaddrinfo', server }),
      );
      lookup(name, { all: true }, (error, found) => {
        cancelTimer();
        resolve();
        // Only a temporary failure of the name servers has a code of its own.
        const isPermanent = error?.code !== 'EAI_AGAIN';
        const failure = 'no address, and getaddrinfo does not say why';
        if (error) settle({ failure, server, ...(isPermanent && { isPermanent }) });
        else settle({ reply: { truncated: false, addresses: unique(found) }, server });
      });
    });

  return {
    kind: 'call',
    capacity: () => Number.POSITIVE_INFINITY,
    ask(query) {
      const { name } = query.question;
      const settle = (outcome: Outcome) => {
        if (pending.delete(query)) settled(query, outcome);
      };
      pending.add(query);
      void limit(async () => {
        if (endsInNumber(name))
          settle({ failure: 'getaddrinfo takes it for an IP address', server, isPermanent: true });
        else if (pending.has(query)) await findAddresses(name, settle);
      });
    },
    suspect: () => undefined,
    forget: (query) => void pending.delete(query),
    close() {
      pending.clear();
      limit.clearQueue();
    },
  };
}

/** Removes repeated addresses: `getaddrinfo` may report one twice, for example for two lines of the hosts file. */
const unique = (found: readonly { address: string }[]): string[] => [
  ...new Set(found.map(({ address }) => address)),
];
