import type { Random } from '../../../util/random.js';
import { hasMixedCase, mixCase } from '../../wire/letter-case.js';
import { encodeQuery } from '../../wire/query.js';
import type { Query } from '../transport.js';

/**
 * Guards the queries to one server against forged replies over UDP (RFC 5452). A query with a suspect reply has to be asked again
 * over a stream.
 */
export interface ForgeryGuard<Q extends Query> {
  /** Encodes a query, with its letters in random case as long as the server repeats that. */
  encode(query: Q): Buffer;
  /** Whether the reply to a query may be forged, as its question has letters in another case than the server would repeat. */
  suspectsReply(query: Q, reply: Uint8Array): boolean;
  /** Whether a message that would be the reply to a query if its id were right shows that somebody tries out ids. */
  suspectsWrongId(query: Q): boolean;
  /** Forgets a query. */
  forget(query: Q): void;
}

/** A question is asked at most seven times, so late replies to earlier queries for it have fewer wrong ids than this. */
const manyWrongIds = 8;
/** After this many replies in another case, the server is taken for one that does not always repeat it. */
const manyOtherCases = 4;

/** Creates the guard of one server. */
export function createForgeryGuard<Q extends Query>({ uint16 }: Pick<Random, 'uint16'>): ForgeryGuard<Q> {
  /** The bits with which each query was encoded, if it has capitals. */
  const mixed = new Map<Q, number>();
  const wrongIds = new Map<Q, number>();
  /** Whether the server repeats the case of letters; undefined until it has replied. */
  let repeatsCase: boolean | undefined;
  let otherCases = 0;

  return {
    encode(query) {
      const { question } = query;
      const message = encodeQuery(query.id, question);
      const bits = repeatsCase === false ? 0 : uint16();
      if (bits !== 0 && mixCase(message, question.name, bits)) mixed.set(query, bits);
      return message;
    },
    suspectsReply(query, reply) {
      const bits = mixed.get(query);
      if (bits === undefined) return false;
      if (hasMixedCase(reply, query.question.name, bits)) {
        repeatsCase ??= true;
        return false;
      }
      // A server that repeated the case before may still be one of several behind an address.
      if (repeatsCase) otherCases++;
      const isSuspect = repeatsCase === true && otherCases < manyOtherCases;
      if (!isSuspect) repeatsCase = false;
      return isSuspect;
    },
    suspectsWrongId(query) {
      const count = (wrongIds.get(query) ?? 0) + 1;
      wrongIds.set(query, count);
      return count === manyWrongIds;
    },
    forget(query) {
      mixed.delete(query);
      wrongIds.delete(query);
    },
  };
}
