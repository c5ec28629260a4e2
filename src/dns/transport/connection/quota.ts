/** How many queries a connection to one server is sent in all, before another connection is opened. */
export interface Quota {
  value(): number;
  /** Whether it is what a connection answered, and no guess. */
  isKnown(): boolean;
  /**
   * Records that a connection ended, or fell silent, with queries that it had not answered.
   *
   * @param last how many queries it answered before it ended, or the position of the last answered one if it fell
   *   silent: those before it without an answer are slow, or never answered.
   * @param sent how many queries were sent.
   */
  recordLimit(last: number, sent: number): void;
  /** Records that a connection answered as many queries as it was allowed to be sent. */
  recordFull(): void;
  /** Records an answer on a connection that had fallen silent: it was only slow, so there is no limit. */
  recordLateAnswer(): void;
}

/** After this many full connections in a row, the next one is tried with twice as many queries. */
const fullConnections = 16;

/**
 * After this many connections in a row without any answer, it is not the number of queries that keeps the server from
 * answering.
 */
const fruitlessConnections = 4;

/**
 * Creates a quota, which is infinite at first. Some servers answer only so many queries on a connection, and close it
 * or fall silent (RFC 7766 section 6.2.3). So the next connection is sent as many as the last one got through, or half
 * as many as it was sent if none was answered.
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
