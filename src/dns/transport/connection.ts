import type { Outcome, Query } from './transport.js';

/** A connection to a server, as long as it lasts. It buffers what is sent before it is ready. */
export interface Connection<Q extends Query> {
  /** How many more queries it takes. */
  room(): number;
  send(queries: readonly Q[]): void;
  /** Gives a query up; false where it is not in flight here. */
  forget(query: Q): boolean;
  /** Gives up all that is in flight, and gives it back. */
  takeAll(): Q[];
  destroy(): void;
}

/** What a connection tells, but never before `Connect` has returned. */
export interface Events<Q extends Query> {
  /** What is answered is in flight no more. */
  readonly answered: (query: Q, outcome: Outcome) => void;
  /** One query came to nothing on a connection that goes on. */
  readonly unanswered: (query: Q, failure: string) => void;
  /** There is room for more. */
  readonly freed: () => void;
  /** It takes no more queries, and still answers what is in flight. */
  readonly retired: () => void;
  /** @param hopeless where another connection would end in the same way. */
  readonly ended: (failure: string, hopeless: boolean) => void;
}

/** Makes a connection. */
export type Connect<Q extends Query> = (events: Events<Q>) => Connection<Q>;
