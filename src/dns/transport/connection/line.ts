import type { Query, Silence } from '../transport.js';
import type { Connection } from './connection.js';

/** A connection, and what has come of it. */
export interface Line<Q extends Query> {
  readonly connection: Connection<Q>;
  /** Queries that have been sent on it, and those that it may be sent in all. */
  sent: number;
  readonly quota: number;
  answers: number;
  /** The position of the last query that was answered. */
  lastAnswered: number;
  /** When the last answer came: milliseconds, on the clock of the platform. */
  answeredAt: number;
  /** The queries in flight whose replies are overdue. */
  readonly overdue: Set<Q>;
  silence: LineSilence | undefined;
}

/** The silence of a line, and the names that it has not answered. */
interface LineSilence extends Silence {
  readonly names: Set<string>;
}

/** Creates the line of a new connection, which may be sent so many queries. */
export const createLine = <Q extends Query>(connection: Connection<Q>, quota: number): Line<Q> => ({
  connection,
  sent: 0,
  quota,
  answers: 0,
  lastAnswered: 0,
  answeredAt: Number.NEGATIVE_INFINITY,
  overdue: new Set(),
  silence: undefined,
});

/** Counts an answer. */
export function countAnswer(line: Line<Query>, { position }: Query, now: number): void {
  line.answers++;
  if (position > line.lastAnswered) line.lastAnswered = position;
  line.answeredAt = now;
}

/** Counts a query whose reply is overdue. */
export function countOverdue<Q extends Query>(line: Line<Q>, query: Q): void {
  line.overdue.add(query);
  line.silence?.names.add(query.question.name);
}

/** Lets it be silent from now on. */
export function fallSilent(line: Line<Query>): void {
  line.silence = {
    wasTooMuch: false,
    names: new Set([...line.overdue].map(({ question }) => question.name)),
  };
}

/**
 * Whether an answer on another line shows that one fell silent because it was sent too much: it did not answer for the name. Other
 * names may never be answered.
 */
export const isShownToBeLimited = ({ silence }: Line<Query>, { question }: Query): boolean =>
  silence?.wasTooMuch === false && silence.names.has(question.name);
