import type { Question } from './query.js';
import type { Forget, Outcome } from './transport.js';

/** A question in flight, whichever connection it is sent on. */
export interface Request {
  readonly question: Question;
  /** Gives it up on the connection that it was sent on last. */
  forget?: Forget;
}

/** A connection to a server, as long as it lasts. It buffers what is sent before it is ready. */
export interface Connection<R extends Request> {
  /** How many more requests it takes. */
  readonly room: number;
  send(requests: readonly R[]): void;
  destroy(): void;
}

/** What a connection tells, but never before `Connect` has returned. */
export interface Events<R extends Request> {
  readonly answered: (request: R, outcome: Outcome) => void;
  /** One request came to nothing on a connection that goes on. */
  readonly unanswered: (request: R, failure: string) => void;
  /** There is room for more. */
  readonly freed: () => void;
  /** It takes no more requests, and still answers what is in flight. */
  readonly retired: () => void;
  /** @param hopeless where another connection would end in the same way. */
  readonly ended: (failure: string, hopeless: boolean) => void;
}

/** Makes a connection. */
export type Connect = <R extends Request>(events: Events<R>) => Connection<R>;
