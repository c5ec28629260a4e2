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
  /** Settles and removes the query that a message replies to. Returns false if it replies to none. */
  receive(message: Uint8Array): boolean;
  /** Removes a query. Returns false if it is not in flight. */
  forget(query: Q): boolean;
  /** All queries, in no particular order. */
  all(): Q[];
  /** Removes all queries, and returns them. */
  forgetAll(): Q[];
}

const idCount = 0x10000;
/** With more queries than this, a table with a place for each id is faster; with fewer, it would be mostly empty. */
const manyQueries = 64;

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
  const few = new Map<number, Q>();
  /** Takes the place of `few` when there are many queries for the first time. */
  let table: (Q | undefined)[] | undefined;
  let count = 0;

  const find = (id: number) => (table ? table[id] : few.get(id));
  const put = (query: Q) => {
    if (table === undefined && count === manyQueries) {
      table = new Array<Q | undefined>(idCount);
      for (const [id, each] of few) table[id] = each;
      few.clear();
    }
    if (table) table[query.id] = query;
    else few.set(query.id, query);
    count++;
  };
  const free = (id: number) => {
    if (table) table[id] = undefined;
    else few.delete(id);
    count--;
  };
  const all = () => (table ? table.filter((query) => query !== undefined) : [...few.values()]);
  return {
    count: () => count,
    add(query) {
      if (count === idCount) throw new RangeError('Expected at most 65,536 queries in flight on one socket');
      do query.id = randomId();
      while (find(query.id) !== undefined);
      put(query);
    },
    receive(message) {
      if (message.length < 2) return false;
      // Not the query's own id, which is another one if it has been sent again on another connection.
      const id = uint16At(message, 0);
      const query = find(id);
      if (query === undefined || !isReplyTo(id, query.question, message)) return false;
      free(id);
      const reply = decodeReply(message, query.question);
      if (reply?.truncated && truncated) truncated(query);
      else if (reply === undefined || reply.truncated)
        settled(query, { failure: `unreadable reply from ${server}`, server, hasReplied: true });
      else settled(query, { reply, server });
      return true;
    },
    forget(query) {
      // The id of a query that was settled earlier may now belong to another query.
      if (find(query.id) !== query) return false;
      free(query.id);
      return true;
    },
    all,
    forgetAll() {
      const forgotten = all();
      few.clear();
      table?.fill(undefined);
      count = 0;
      return forgotten;
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
