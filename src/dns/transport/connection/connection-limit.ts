import pLimit from 'p-limit';
import type { Query, Transport, TransportContext } from '../transport.js';

/** Wraps a stream transport so that it is open only while one of its queries is allowed to be in flight. */
type LimitConnections = <Q extends Query>(
  context: TransportContext<Q>,
  open: (context: TransportContext<Q>) => Transport<Q>,
) => Transport<Q>;

/**
 * Limits the queries in flight on many connections, and so the number of connections.
 *
 * @param maximum the most queries in flight on all connections together.
 */
export function createConnectionLimit(maximum: number): LimitConnections {
  const limit = pLimit(maximum);

  return (context, open) => {
    type Asked = Parameters<typeof context.settled>[0];
    /** Functions that end the turn of each query; those of queries that still wait for their turn do nothing. */
    const turns = new Map<Asked, () => void>();
    let transport: Transport<Asked> | undefined;
    let inFlight = 0;

    const end = (query: Asked) => {
      turns.get(query)?.();
      turns.delete(query);
    };
    const settled = (query: Asked, outcome: Parameters<typeof context.settled>[1]) => {
      end(query);
      context.settled(query, outcome);
    };
    const takeTurn = async (query: Asked) => {
      if (!turns.has(query)) return;
      inFlight++;
      await new Promise<void>((resolve) => {
        turns.set(query, resolve);
        transport ??= open({ ...context, settled });
        transport.ask(query);
      });
      if (--inFlight > 0) return;
      transport?.close();
      transport = undefined;
    };

    return {
      kind: 'stream',
      capacity: () => Number.POSITIVE_INFINITY,
      ask(query) {
        turns.set(query, () => {});
        void limit(takeTurn, query);
      },
      suspect: (query, sentAt) => transport?.suspect(query, sentAt),
      forget(query) {
        transport?.forget(query);
        end(query);
      },
      close() {
        for (const query of [...turns.keys()]) end(query);
        transport?.close();
      },
    };
  };
}
