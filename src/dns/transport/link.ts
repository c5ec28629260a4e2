import type { Connection } from './connection.js';
import type { Query } from './transport.js';

/** A connection together with how much it may get. */
export interface Link<Q extends Query> {
  readonly connection: Connection<Q>;
  /** Answers that came on it. */
  answers(): number;
  /** Moves as many of the queries that wait, the first ones first, to the connection as it may get. */
  fill(waiting: Q[]): void;
  /** Counts an answer. */
  answered(): void;
  /** Counts a query that it got as not sent. */
  takenBack(): void;
  /** Watches no more, and gives back what is in flight. */
  release(): Q[];
}

/** What a link tells of its connection. */
interface Signs {
  /** It may get more queries than before. */
  readonly grown: () => void;
  /** It owes answers, and has given none for a whole time-out. */
  readonly silent: () => void;
}

/** So often within a time-out a connection is looked at. */
const looks = 8;

/**
 * @param allowance queries that the connection may get before it has answered any. It doubles whenever half of
 * them are answered, and where no answer comes for a while, lest one that is never answered keeps others back.
 * @param timeout milliseconds.
 */
export function openLink<Q extends Query>(
  connection: Connection<Q>,
  allowance: number,
  timeout: number,
  { grown, silent }: Signs,
): Link<Q> {
  let allowed = allowance;
  let sent = 0;
  let answers = 0;
  let answersBefore = 0;
  let quietLooks = 0;

  const look = () => {
    quietLooks = sent > answers && answers === answersBefore ? quietLooks + 1 : 0;
    answersBefore = answers;
    if (quietLooks > looks) return silent();
    if (quietLooks === 0) return;
    allowed *= 2;
    grown();
  };
  const watch = setInterval(look, timeout / looks);

  return {
    connection,
    answers: () => answers,
    fill(waiting) {
      const most = Math.min(allowed - sent, connection.room(), waiting.length);
      if (most <= 0) return;
      sent += most;
      connection.send(waiting.splice(0, most));
    },
    answered() {
      answers++;
      if (answers * 2 >= allowed) allowed *= 2;
    },
    takenBack() {
      sent--;
    },
    release() {
      clearInterval(watch);
      return connection.takeAll();
    },
  };
}
