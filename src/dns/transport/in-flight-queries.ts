import { randomFillSync } from 'node:crypto';
import { uint16At } from '../wire/octets.js';
import { decodeReply, isReplyTo } from '../wire/reply.js';
import type { Query, Settled } from './transport.js';

/** The queries in flight on one socket, by their ids. */
export interface Exchanges<Q extends Query> {
  /** How many are open. */
  count(): number;
  /** Gives a query an id that is random and free. */
  open(query: Q): void;
  /** Settles the query that a message answers; any other message is passed over. */
  receive(message: Uint8Array): void;
  /** Takes a query out; false where it is not open. */
  forget(query: Q): boolean;
  /** Takes all queries out. */
  takeAll(): Q[];
}

const ids = 0x10000;

/**
 * @param server the URL that outcomes name.
 * @param truncated takes over a query whose reply was truncated; without it such a reply counts as one that
 * cannot be read.
 */
export function openExchanges<Q extends Query>(
  server: string,
  settled: Settled<Q>,
  truncated?: (query: Q) => void,
): Exchanges<Q> {
  const open = new Array<Q | undefined>(ids);
  let count = 0;
  const forget = (query: Q): boolean => {
    // What was settled before may have left its id to another.
    if (open[query.id] !== query) return false;
    open[query.id] = undefined;
    count--;
    return true;
  };
  return {
    count: () => count,
    open(query) {
      if (count === ids) throw new RangeError('Expected fewer than 65,537 queries in flight on one socket');
      do query.id = randomId();
      while (open[query.id] !== undefined);
      open[query.id] = query;
      count++;
    },
    receive(message) {
      const query = message.length < 2 ? undefined : open[uint16At(message, 0)];
      if (query === undefined || !isReplyTo(query.id, query.question, message)) return;
      forget(query);
      const reply = decodeReply(message, query.question);
      if (reply?.truncated && truncated) truncated(query);
      else if (reply === undefined || reply.truncated)
        settled(query, { failure: `unreadable reply from ${server}`, server });
      else settled(query, { reply, server });
    },
    forget,
    takeAll() {
      const all = open.filter((query) => query !== undefined);
      open.fill(undefined);
      count = 0;
      return all;
    },
  };
}

const randomIds = new Uint16Array(2048);
let nextRandomId = randomIds.length;

/** Ids that nobody can guess are what keeps others from forging a reply (RFC 5452 section 9.2). */
function randomId(): number {
  if (nextRandomId === randomIds.length) {
    randomFillSync(randomIds);
    nextRandomId = 0;
  }
  return randomIds[nextRandomId++] ?? 0;
}
