import type { NetworkErrorKind } from '../../../util/network-failure.js';
import type { Outcome, Query } from '../transport.js';

/** One connection to a server. It buffers queries that are sent before it is established. */
export interface Connection<Q extends Query> {
  /** The number of queries that it would still accept now. */
  room(): number;
  send(queries: readonly Q[]): void;
  /** Drops a query. Returns false if it is not in flight on this connection. */
  forget(query: Q): boolean;
  /** Drops all queries in flight, and returns them. */
  forgetAll(): Q[];
  /** All queries in flight. */
  inFlight(): Q[];
  destroy(): void;
}

/** Why a connection ended. */
export interface Ending {
  /** The reason, in words. */
  readonly failure: string;
  /** What the reason says about the next connection. */
  readonly kind: NetworkErrorKind;
}

/** The events of a connection. None is reported before `Connect` has returned. */
export interface ConnectionEvents<Q extends Query> {
  /** The server answered a query, if only with an error; the query is no longer in flight. */
  readonly answered: (query: Q, outcome: Outcome) => void;
  /** The server dropped a query, which is no longer in flight; the connection goes on. */
  readonly unanswered: (query: Q, failure: string) => void;
  /** There is room for more queries. */
  readonly roomFreed: () => void;
  /** The connection accepts no more queries, but still answers those in flight. */
  readonly retired: () => void;
  /** The connection ended; its queries are still in flight until `forgetAll`. */
  readonly ended: (ending: Ending) => void;
}

/** Opens a connection. If it throws, another connection would fail in the same way. */
export type Connect<Q extends Query> = (events: ConnectionEvents<Q>) => Connection<Q>;
