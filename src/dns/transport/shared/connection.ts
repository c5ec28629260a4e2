import type { Outcome, Query } from '../transport.js';

/** One connection to a server. It buffers queries that are sent before it is established. */
export interface Connection<Q extends Query> {
  /** How many more queries it accepts now. */
  room(): number;
  send(queries: readonly Q[]): void;
  /** Drops a query. Returns false if it is not in flight on this connection. */
  forget(query: Q): boolean;
  /** Drops all queries in flight, and returns them. */
  forgetAll(): Q[];
  destroy(): void;
}

/** Receives what happens on a connection. Nothing is called before `Connect` has returned. */
export interface ConnectionEvents<Q extends Query> {
  /** A query has its outcome, and is no longer in flight. */
  readonly answered: (query: Q, outcome: Outcome) => void;
  /** One query failed; the connection goes on. */
  readonly unanswered: (query: Q, failure: string) => void;
  /** There is room for more queries. */
  readonly roomFreed: () => void;
  /** The connection accepts no more queries, but still answers those in flight. */
  readonly retired: () => void;
  /** @param permanent whether another connection would end in the same way. */
  readonly ended: (failure: string, permanent: boolean) => void;
}

/** Opens a connection. */
export type Connect<Q extends Query> = (events: ConnectionEvents<Q>) => Connection<Q>;
