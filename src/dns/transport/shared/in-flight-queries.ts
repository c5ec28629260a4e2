import { randomFillSync } from 'node:crypto';
import { uint16At } from '../../wire/octets.js';
import { decodeReply, isReplyTo } from '../../wire/reply.js';
import type { OnSettled, Query } from '../transport.js';

/** The queries in flight on one socket, by message id. */
export interface InFlightQueries<Q extends Query> {
  count(): number;
  /**
   * Adds a query under a random id that no other query has.
   *
   * @throws RangeError if all ids are in use.
   */
  add(query: Q): void;
  /** Settles and removes the query that a message replies to. Ignores any other message. */
  receive(message: Uint8Array): void;
  /** Removes a query. Returns false if it is not in flight. */
  forget(query: Q): boolean;
  /** Removes all queries, and returns them. */
  forgetAll(): Q[];
}

const idCount = 0x10000;

/**
 * Creates the in-flight queries of one socket, none at first.
 *
 * @param server the server's URL, which outcomes contain.
 * @param truncated takes over a query whose reply was truncated. Without it, a truncated reply counts as unreadable.
 */
export function createInFlightQueries<Q extends Query>(
  server: string,
  settled: OnSettled<Q>,
  truncated?: (query: Q) => void,
): InFlightQueries<Q> {
  const queries = new Array<Q | undefined>(idCount);
  let count = 0;
  const forget = (query: Q): boolean => {
    // The id of a query that was settled earlier may now belong to another query.
    if (queries[query.id] !== query) return false;
    queries[query.id] = undefined;
    count--;
    return true;
  };
  return {
    count: () => count,
    add(query) {
      if (count === idCount) throw new RangeError('Expected at most 65,536 queries in flight on one socket');
      do query.id = randomId();
      while (queries[query.id] !== undefined);
      queries[query.id] = query;
      count++;
    },
    receive(message) {
      const query = message.length < 2 ? undefined : queries[uint16At(message, 0)];
      if (query === undefined || !isReplyTo(query.id, query.question, message)) return;
      forget(query);
      const reply = decodeReply(message, query.question);
      if (reply?.truncated && truncated) truncated(query);
      else if (reply === undefined || reply.truncated)
        settled(query, { failure: `unreadable reply from ${server}`, server });
      else settled(query, { reply, server });
    },
    forget,
    forgetAll() {
      const all = queries.filter((query) => query !== undefined);
      queries.fill(undefined);
      count = 0;
      return all;
    },
  };
}

const randomIds = new Uint16Array(2048);
let nextRandomId = randomIds.length;

/** An unpredictable id, which a forged reply would have to guess (RFC 5452 section 9.2). */
function randomId(): number {
  if (nextRandomId === randomIds.length) {
    randomFillSync(randomIds);
    nextRandomId = 0;
  }
  return randomIds[nextRandomId++] ?? 0;
}
