import type { Query, Silence } from '../transport.js';
import type { Connection } from './connection.js';

/** A connection, and what has been sent and answered on it. */
export interface TrackedConnection<Q extends Query> {
  readonly connection: Connection<Q>;
  /** How many queries have been sent on it, and how many may be in all. */
  sent: number;
  readonly quota: number;
  answers: number;
  /** The position of the last query that was answered. */
  lastAnswered: number;
  /** When the last answer came: milliseconds, on the clock of the platform. */
  answeredAt: number;
  /** The queries in flight whose replies are overdue. */
  readonly overdue: Set<Q>;
  silence: TrackedSilence | undefined;
}

/** The silence of a connection, and the names that it has not answered for. */
interface TrackedSilence extends Silence {
  readonly names: Set<string>;
}

/**
 * Tracks a new connection.
 *
 * @param quota how many queries may be sent on it in all.
 */
export const track = <Q extends Query>(connection: Connection<Q>, quota: number): TrackedConnection<Q> => ({
  connection,
  sent: 0,
  quota,
  answers: 0,
  lastAnswered: 0,
  answeredAt: Number.NEGATIVE_INFINITY,
  overdue: new Set(),
  silence: undefined,
});

/** Records an answer. */
export function trackAnswer(tracked: TrackedConnection<Query>, { position }: Query, now: number): void {
  tracked.answers++;
  if (position > tracked.lastAnswered) tracked.lastAnswered = position;
  tracked.answeredAt = now;
}

/** Records that the reply to a query is overdue. */
export function trackOverdue<Q extends Query>(tracked: TrackedConnection<Q>, query: Q): void {
  tracked.overdue.add(query);
  tracked.silence?.names.add(query.question.name);
}

/** Records that the connection has fallen silent. */
export function trackSilence(tracked: TrackedConnection<Query>): void {
  tracked.silence = {
    wasTooMuch: false,
    names: new Set([...tracked.overdue].map(({ question }) => question.name)),
  };
}

/**
 * Whether an answer on another connection shows that this one fell silent because it was sent too many queries: it did not
 * answer for the same name. Other names may never be answered.
 */
export const isShownToBeLimited = ({ silence }: TrackedConnection<Query>, { question }: Query): boolean =>
  silence?.wasTooMuch === false && silence.names.has(question.name);
