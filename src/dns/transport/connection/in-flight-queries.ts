import type { Random } from '../../../util/random.js';
import { uint16At } from '../../wire/octets.js';
import { isReplyTo } from '../../wire/reply.js';
import type { OnSettled, Query } from '../transport.js';
import type { ForgeryGuard } from './forgery-guard.js';
import { readOutcome } from './outcome.js';

/** The queries in flight on one socket, by message id. */
export interface InFlightQueries<Q extends Query> {
  count(): number;
  /**
   * Adds a query under a random id that no other query has (RFC 5452 section 9.2).
   *
   * @throws RangeError if all ids are in use.
   */
  add(query: Q): void;
  /** Whether a query is in flight. */
  has(query: Q): boolean;
  /**
   * Settles and removes the query that a message replies to. Returns false if it replies to none.
   *
   * @param socket the number of the socket on which the message came; a query that was sent on another one is not meant.
   */
  receive(message: Uint8Array, socket?: number): boolean;
  /** Removes a query. Returns false if it is not in flight. */
  forget(query: Q): boolean;
  /** Removes all queries, and returns them. */
  forgetAll(): Q[];
  /** Removes the queries that were sent on a socket, and returns them. */
  forgetSocket(socket: number): Q[];
}

const idCount = 0x10000;
/**
 * With more queries than this, a table with a place for each id is used: 300,000 names over TCP took 3.5 s of processor time,
 * and 4.4 s with a `Map`. With fewer, it would be mostly empty.
 */
const manyQueries = 64;

/**
 * Creates the in-flight queries of one socket, none at first.
 *
 * @param server the server's URL, which outcomes contain.
 * @param isStream whether messages come over a stream, where none needs to be truncated.
 * @param guard guards against forged replies; by default, only the id and the question do.
 */
export function createInFlightQueries<Q extends Query>(
  server: string,
  settled: OnSettled<Q>,
  random: Random,
  isStream: boolean,
  guard?: ForgeryGuard<Q>,
): InFlightQueries<Q> {
  const few = new Map<number, Q>();
  /** Replaces `few` once there have been many queries. */
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
  const free = (query: Q) => {
    if (table) table[query.id] = undefined;
    else few.delete(query.id);
    count--;
    guard?.forget(query);
  };
  /** Looks for the query that a message would reply to under another id. In a table, that would take too long. */
  const countWrongId = (id: number, message: Uint8Array, socket: number) => {
    for (const query of few.values()) {
      if (query.socket !== socket) continue;
      const outcome = isReplyTo(id, query.question, message) ? guard?.countWrongId(query) : undefined;
      if (outcome === undefined) continue;
      free(query);
      settled(query, outcome);
    }
  };

  // The id of a query that was settled earlier may now belong to another query.
  const has = (query: Q) => find(query.id) === query;

  return {
    count: () => count,
    has,
    add(query) {
      if (count === idCount) throw new RangeError('Expected at most 65,536 queries in flight on one socket');
      do query.id = random.uint16();
      while (find(query.id) !== undefined);
      put(query);
    },
    receive(message, socket = 0) {
      if (message.length < 2) return false;
      const id = uint16At(message, 0);
      const query = find(id);
      if (query?.socket !== socket || !isReplyTo(id, query.question, message)) {
        if (guard) countWrongId(id, message, socket);
        return false;
      }
      const outcome = readOutcome(message, query.question, server, isStream);
      const reviewed = guard ? guard.review(query, message, outcome) : outcome;
      free(query);
      settled(query, reviewed);
      return true;
    },
    forget(query) {
      if (!has(query)) return false;
      free(query);
      return true;
    },
    forgetAll() {
      const forgotten = table ? table.filter((query) => query !== undefined) : [...few.values()];
      for (const query of forgotten) guard?.forget(query);
      few.clear();
      table?.fill(undefined);
      count = 0;
      return forgotten;
    },
    forgetSocket(socket) {
      const all = table ? table.filter((query) => query !== undefined) : [...few.values()];
      const forgotten = all.filter((query) => query.socket === socket);
      for (const query of forgotten) free(query);
      return forgotten;
    },
  };
}
