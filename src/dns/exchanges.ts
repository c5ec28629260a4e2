import { randomFillSync } from 'node:crypto';
import { encodeQuery, type Question } from './query.js';
import { decodeReply, isReplyTo } from './reply.js';
import type { Forget, Outcome } from './transport.js';

type Settle = (outcome: Outcome) => void;

interface Exchange {
  readonly question: Question;
  readonly query: Buffer;
  readonly settle: Settle;
  forget: Forget;
}

/** The queries in flight on one socket, by their ids. */
export interface Exchanges {
  /** How many are open. */
  readonly count: number;
  /** Registers a question under an id that is random and free, and makes its message. */
  open(question: Question, settle: Settle): { readonly query: Buffer; readonly forget: Forget };
  /** Settles the exchange that a message answers; any other message is passed over. */
  receive(message: Buffer): void;
  /** Settles all that is open with the same failure. */
  fail(failure: string): void;
  /** Forgets all that is open. */
  clear(): void;
}

/**
 * @param server the URL that outcomes name.
 * @param askAgain takes over the question of a reply that was truncated, as `Transport.ask` does; without
 * it such a reply counts as one that cannot be read.
 */
export function openExchanges(
  server: string,
  askAgain?: (question: Question, settle: Settle) => Forget,
): Exchanges {
  const open = new Map<number, Exchange>();
  return {
    get count() {
      return open.size;
    },
    open(question, settle) {
      const id = freeId(open);
      const exchange: Exchange = {
        question,
        query: encodeQuery(id, question),
        settle,
        forget() {
          // What was settled before may have left its id to another.
          if (open.get(id) === exchange) open.delete(id);
        },
      };
      open.set(id, exchange);
      // What there is to forget changes when the question moves on to TCP.
      return { query: exchange.query, forget: () => exchange.forget() };
    },
    receive(message) {
      const exchange = message.length < 2 ? undefined : open.get(message.readUInt16BE(0));
      if (exchange === undefined || !isReplyTo(exchange.query, message)) return;
      exchange.forget();
      const { question, query, settle } = exchange;
      const reply = decodeReply(message, question.name, query.length);
      if (reply?.truncated && askAgain) exchange.forget = askAgain(question, settle);
      else if (reply === undefined || reply.truncated)
        settle({ failure: `unreadable reply from ${server}`, server });
      else settle({ reply, server });
    },
    fail(failure) {
      const failed = [...open.values()];
      open.clear();
      for (const { settle } of failed) settle({ failure, server });
    },
    clear: () => open.clear(),
  };
}

const randomIds = new Uint16Array(2048);
let nextRandomId = randomIds.length;

/** Ids that nobody can guess are what keeps others from forging a reply (RFC 5452 section 9.2). */
function freeId(taken: ReadonlyMap<number, unknown>): number {
  if (taken.size > 0xffff) throw new RangeError('Expected fewer than 65,537 queries in flight on one socket');
  for (;;) {
    if (nextRandomId === randomIds.length) {
      randomFillSync(randomIds);
      nextRandomId = 0;
    }
    const id = randomIds[nextRandomId++] ?? 0;
    if (!taken.has(id)) return id;
  }
}
