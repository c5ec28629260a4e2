/** How many queries one connection to a server is sent in all before another is opened. */
export interface Quota {
  value(): number;
  /** Whether it is the number that a connection answered, and not a guess. */
  isKnown(): boolean;
  /**
   * Records that a connection ended, or fell silent, with queries that it had not answered.
   *
   * @param last how many queries it answered, if it ended; the position of the last answered one, if it fell silent
   *   (earlier ones without an answer are slow, or never answered).
   * @param sent how many queries were sent on it.
   */
  recordLimit(last: number, sent: number): void;
  /** Records that a connection answered as many queries as it was allowed to be sent. */
  recordFull(): void;
  /** Records an answer on a connection that had fallen silent: it was only slow, so there is no limit. */
  recordLateAnswer(): void;
}

/** After this many consecutive full connections, the quota is doubled. */
const fullConnections = 16;

/** After this many consecutive connections without an answer, the number of queries is not the reason. */
const fruitlessConnections = 4;

/**
 * Creates a quota, which is infinite at first. Some servers answer a limited number of queries on a connection, and
 * then close it or fall silent (RFC 7766 section 6.2.3). So the next connection is sent as many queries as the last one
 * answered, or, if it answered none, half as many as it was sent.
 */
export function createQuota(): Quota {
  let quota = Number.POSITIVE_INFINITY;
  let full = 0;
  let fruitless = 0;
  let isKnown = false;
  return {
    value: () => quota,
    isKnown: () => isKnown,
    recordLimit(last, sent) {
      full = 0;
      isKnown = last > 0;
      fruitless = last > 0 ? 0 : fruitless + 1;
      if (last > 0) quota = last;
      else quota = fruitless > fruitlessConnections ? quota * 2 : Math.max(Math.floor(sent / 2), 1);
    },
    recordFull() {
      if (++full < fullConnections) return;
      full = 0;
      quota *= 2;
    },
    recordLateAnswer() {
      quota = Number.POSITIVE_INFINITY;
      isKnown = false;
    },
  };
}
