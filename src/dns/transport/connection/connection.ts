import type { Outcome, Query } from '../transport.js';
import type { Ending } from './ending.js';

/** One connection to a server. It buffers queries that are sent before it is established. */
export interface Connection<Q extends Query> {
  /** The number of queries that it would still accept now. */
  capacity(): number;
  send(queries: readonly Q[]): void;
  /** Whether a query is in flight on this connection. */
  has(query: Q): boolean;
  /** Drops a query. Returns false if it is not in flight on this connection. */
  forget(query: Q): boolean;
  /** Drops all queries in flight, and returns them. */
  forgetAll(): Q[];
  /** Queries in flight. */
  count(): number;
  destroy(): void;
}

/** The events of a connection. None is reported before `Connect` has returned. */
export interface ConnectionEvents<Q extends Query> {
  /** A query has an outcome, and is no longer in flight. */
  readonly settled: (query: Q, outcome: Outcome) => void;
  /** The connection accepts more queries than before. */
  readonly capacityFreed: () => void;
  /** The connection accepts no more queries, but still answers those in flight. */
  readonly retired: () => void;
  /** The connection ended; its queries are still in flight until `forgetAll`. */
  readonly ended: (ending: Ending) => void;
}

/** Opens a connection. If it throws, another connection would fail in the same way. */
export type Connect<Q extends Query> = (events: ConnectionEvents<Q>) => Connection<Q>;
