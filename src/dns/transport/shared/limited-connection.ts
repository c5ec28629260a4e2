import type { Query } from '../transport.js';
import type { Connection } from './connection.js';

/** A connection with a limit on the number of queries sent, which rises as they are answered. */
export interface LimitedConnection<Q extends Query> {
  readonly connection: Connection<Q>;
  /** The number of queries that were answered on it. */
  answerCount(): number;
  /** Sends as many queries as the limit allows, from the front of the queue, and removes them from it. */
  sendFrom(queue: Q[]): void;
  /** Counts a query as answered. */
  countAnswer(): void;
  /** Counts a query that was sent as if it had not been: the server dropped it. */
  uncount(): void;
  /** Counts a query as no longer wanted. It says as much about a silent connection as any other. */
  countForgotten(): void;
  /** Stops the timer. */
  stop(): void;
}

/** The events that a timer causes while no answer comes. */
interface Events {
  /** The limit was raised. */
  readonly raised: () => void;
  /** Queries are unanswered, and no answer has come for a whole time-out. */
  readonly silent: () => void;
}

/** How many times in each time-out the connection is checked for answers. */
const checksPerTimeout = 8;

/**
 * Limits the number of queries sent on a connection. The limit doubles when half that many queries have been answered.
 * It also doubles while no answer comes, so that a query that is never answered does not hold up the others.
 *
 * @param limit the number of queries that may be sent before the first answer.
 * @param timeout milliseconds without an answer after which the connection counts as silent.
 */
export function openLimitedConnection<Q extends Query>(
  connection: Connection<Q>,
  limit: number,
  timeout: number,
  { raised, silent }: Events,
): LimitedConnection<Q> {
  let currentLimit = limit;
  let sent = 0;
  let answers = 0;
  /** Queries forgotten since the last sign of life. */
  let forgotten = 0;
  let answersAtLastCheck = 0;
  let silentChecks = 0;

  const check = () => {
    silentChecks = sent + forgotten > answers && answers === answersAtLastCheck ? silentChecks + 1 : 0;
    answersAtLastCheck = answers;
    if (silentChecks > checksPerTimeout) return silent();
    if (silentChecks === 0) return;
    currentLimit *= 2;
    raised();
  };
  const timer = setInterval(check, timeout / checksPerTimeout);

  return {
    connection,
    answerCount: () => answers,
    sendFrom(queue) {
      const count = Math.min(currentLimit - sent, connection.room(), queue.length);
      if (count <= 0) return;
      sent += count;
      connection.send(queue.splice(0, count));
    },
    countAnswer() {
      answers++;
      forgotten = 0;
      if (answers * 2 >= currentLimit) currentLimit *= 2;
    },
    uncount() {
      sent--;
      forgotten = 0;
    },
    countForgotten() {
      sent--;
      forgotten++;
    },
    stop: () => clearInterval(timer),
  };
}
