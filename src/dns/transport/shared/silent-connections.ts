import type { Query } from '../transport.js';
import type { Connection } from './connection.js';

/**
 * The connections that fell silent. Their queries are sent again elsewhere; until they are settled, an answer that comes
 * late still counts.
 */
export interface SilentConnections<Q extends Query> {
  /** Adds a connection with its queries in flight. Of too many, the one that was added first is destroyed. */
  add(connection: Connection<Q>): void;
  /** Whether a query is in flight on a connection, and neither settled nor forgotten. */
  isWanted(connection: Connection<Q>, query: Q): boolean;
  /** Drops a query. A connection without other queries is destroyed. */
  forget(query: Q): void;
  /** Drops a connection that has ended. */
  delete(connection: Connection<Q>): void;
  /** Destroys all connections. */
  close(): void;
}

/** As many as the resolver makes attempts for a question before it forgets the first. */
const maximumConnections = 6;

/** Creates a set of silent connections, none at first. */
export function createSilentConnections<Q extends Query>(): SilentConnections<Q> {
  const wanted = new Map<Connection<Q>, Set<Q>>();

  const drop = (connection: Connection<Q>) => {
    wanted.delete(connection);
    connection.destroy();
  };

  return {
    add(connection) {
      wanted.set(connection, new Set(connection.inFlight()));
      const [oldest] = wanted.keys();
      if (wanted.size > maximumConnections && oldest) drop(oldest);
    },
    isWanted: (connection, query) => wanted.get(connection)?.has(query) ?? false,
    forget(query) {
      for (const [connection, queries] of wanted) {
        if (queries.delete(query) && queries.size === 0) drop(connection);
      }
    },
    delete: (connection) => void wanted.delete(connection),
    close() {
      for (const connection of wanted.keys()) drop(connection);
    },
  };
}
