import type { Connection, Request } from './connection.js';

/** A connection together with what is in flight on it. */
export interface Link<R extends Request> {
  readonly connection: Connection<R>;
  /** Answers that came on it. */
  readonly answers: number;
  /** Moves as many of the requests that wait to the connection as it may get. */
  fill(waiting: Set<R>): void;
  /** Takes a request off; false where it was not in flight. */
  remove(request: R, answers: 0 | 1): boolean;
  /** Watches no more, and gives back what is in flight. */
  release(): R[];
}

/** What a link tells of its connection. */
interface Signs {
  /** It may get more requests than before. */
  readonly grown: () => void;
  /** It owes answers, and has given none for a whole time-out. */
  readonly silent: () => void;
}

/** So often within a time-out a connection is looked at. */
const looks = 8;

/**
 * @param allowance requests that the connection may get before it has answered any. It doubles whenever half of
 * them are answered, and where no answer comes for a while, lest one that is never answered keeps others back.
 * @param timeout milliseconds.
 */
export function openLink<R extends Request>(
  connection: Connection<R>,
  allowance: number,
  timeout: number,
  { grown, silent }: Signs,
): Link<R> {
  const inFlight = new Set<R>();
  let allowed = allowance;
  let sent = 0;
  let answers = 0;
  let answersBefore = 0;
  let quietLooks = 0;

  const look = () => {
    quietLooks = inFlight.size > 0 && answers === answersBefore ? quietLooks + 1 : 0;
    answersBefore = answers;
    if (quietLooks > looks) return silent();
    if (quietLooks === 0) return;
    allowed *= 2;
    grown();
  };
  const watch = setInterval(look, timeout / looks);

  return {
    connection,
    get answers() {
      return answers;
    },
    fill(waiting) {
      const most = Math.min(allowed - sent, connection.room);
      const batch: R[] = [];
      for (const request of waiting) {
        if (batch.length >= most) break;
        waiting.delete(request);
        inFlight.add(request);
        batch.push(request);
      }
      sent += batch.length;
      if (batch.length > 0) connection.send(batch);
    },
    remove(request, answered) {
      if (!inFlight.delete(request)) return false;
      answers += answered;
      sent -= 1 - answered;
      if (answers * 2 >= allowed) allowed *= 2;
      return true;
    },
    release() {
      clearInterval(watch);
      const left = [...inFlight];
      inFlight.clear();
      return left;
    },
  };
}
