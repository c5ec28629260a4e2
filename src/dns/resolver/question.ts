import type { Outcome, Query, Silence } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import type { AttemptOrder, Round } from './round.js';
import type { Upstream } from './upstream.js';

/** Which servers a question goes to, by their URLs; to any of them by default. */
export interface ServerPolicy {
  /** Only this one. This makes it a priority question, such as a canary: it is sent before the others. */
  readonly only?: string;
  /** Preferably this one. */
  readonly first?: string;
  /** Not these. */
  readonly avoid?: ReadonlySet<string>;
  /** The most tries, if that is fewer than usual. */
  readonly tries?: number;
  /**
   * Whether it will probably fail, as another question about the name has failed. A failure then says little about the
   * server.
   */
  readonly isSuspect?: boolean;
  /** Is called with the server's URL before each attempt is sent. Priority questions that it asks are sent first. */
  readonly sending?: (server: string) => void;
}

/** The outcome of a question after all attempts. */
export interface Answer {
  readonly outcome: Outcome;
  /** The URL of the server asked last, as the user gave it; the outcome may have come over another transport. */
  readonly asked: string;
  /** Attempts made. */
  readonly tries: number;
  /** Milliseconds from the first query to this answer. */
  readonly ms: number;
  /** When the query with this outcome was sent, and when the outcome came, as places in the run's order of events. */
  readonly sent: number;
  readonly received: number;
}

/** A question without an answer yet. */
export interface PendingQuestion {
  readonly question: Question;
  readonly policy: ServerPolicy | undefined;
  readonly resolve: (answer: Answer) => void;
  /** Receives the outcome of each attempt. */
  readonly settled: (attempt: Attempt, outcome: Outcome) => void;
  attempts: readonly Attempt[];
  /** Why it is asked again, in words. */
  retryReason: string;
  /** Whether it waits to be sent. */
  isQueued: boolean;
  /** When its pause is over, and when its last attempt is overdue: milliseconds, on the clock of the platform. */
  pausesUntil: number;
  dueAt: number;
  /** The upstream whose reply did not fit into a datagram, and which is therefore asked again over a stream. */
  streamTo: Upstream<Attempt> | undefined;
  isSettled: boolean;
  /** Its position in the bag of questions without an answer. */
  position: number;
}

/** One query sent for one question, and its outcome so far. */
export interface Attempt extends Query {
  readonly pending: PendingQuestion;
  readonly upstream: Upstream<Attempt>;
  /** Which attempt for its question it is; 1 is the first. */
  readonly number: number;
  /** How it counts in congestion control. One that follows a truncated reply counts as the first. */
  readonly order: AttemptOrder;
  /** Milliseconds, on the clock of the platform. */
  readonly sentAt: number;
  /** Its place in the run's order of events. */
  readonly sent: number;
  /** How it was sent. */
  readonly kind: 'datagram' | 'stream' | 'call';
  /** The round of the congestion control to which it belongs. */
  readonly round: Round;
  /** Whether it counts as lost; its reply may still come. */
  isLost: boolean;
  /** The silence of the connection on which it was lost, if that connection had answered others. */
  silence: Silence | undefined;
  outcome: Outcome | undefined;
}

/** Puts a question in a queue or a pause: no reply to it can be overdue any more. */
export function putAside(pending: PendingQuestion): void {
  pending.isQueued = true;
  pending.dueAt = Number.POSITIVE_INFINITY;
}

const none: readonly Attempt[] = [];

/** Creates a question that has not been asked yet. */
export const createPendingQuestion = (
  question: Question,
  policy: ServerPolicy | undefined,
  resolve: (answer: Answer) => void,
  settled: PendingQuestion['settled'],
): PendingQuestion => ({
  question,
  policy,
  resolve,
  settled,
  attempts: none,
  retryReason: '',
  isQueued: true,
  pausesUntil: 0,
  dueAt: Number.POSITIVE_INFINITY,
  streamTo: undefined,
  isSettled: false,
  position: 0,
});
