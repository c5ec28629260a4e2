import type { Random } from '../../../util/random.js';
import { hasMixedCase, mixCase } from '../../wire/letter-case.js';
import { encodeQuery } from '../../wire/query.js';
import type { Reply } from '../../wire/reply.js';
import type { Outcome, Query } from '../transport.js';

/**
 * Guards the queries to one server against forged replies over UDP (RFC 5452). A query with a suspect reply has to be asked again
 * over a stream, which nobody can forge without seeing it.
 */
export interface ForgeryGuard<Q extends Query> {
  /** Encodes a query, with its letters in random case if the server is known to find such names, and to repeat the case. */
  encode(query: Q): Buffer;
  /** Reviews the outcome of a query; `reply` is the message. */
  review(query: Q, reply: Uint8Array, outcome: Outcome): Outcome;
  /**
   * Counts a message that would be the reply to a query if its id were right.
   *
   * @returns the outcome of the query if somebody tries out ids; undefined if not yet.
   */
  countWrongId(query: Q): Outcome | undefined;
  /** Forgets a query. */
  forget(query: Q): void;
}

/** A question is asked at most seven times, so late replies to earlier queries for it have fewer wrong ids than this. */
const manyWrongIds = 8;
/** After this many replies in another case, the server is taken for one that does not always repeat it. */
const manyOtherCases = 4;

/** Creates the guard of one server. */
export function createForgeryGuard<Q extends Query>(
  server: string,
  { uint16 }: Pick<Random, 'uint16'>,
): ForgeryGuard<Q> {
  /**
   * Whether letters are mixed. Until that is known, a question that the server has answered is tried with mixed letters, as canaries
   * are asked again: servers that tell letters apart would deny any other name.
   */
  let isMixing: boolean | undefined;
  /** The last question that the server has answered, while that is not known. */
  let answered: Query['question'] | undefined;
  let otherCases = 0;
  const wrongIds = new Map<Q, number>();

  const suspect: Outcome = {
    failure: `replies from ${server} that may be forged`,
    ...{ server, hasReplied: true, isTruncated: true },
  };

  const mayMix = ({ question }: Q): boolean =>
    isMixing ?? (answered?.name === question.name && answered.type === question.type);

  /** The outcome of the query with which mixed letters are tried. */
  const concludeTrial = (isRepeated: boolean, outcome: Outcome): Outcome => {
    const isAnswer = 'reply' in outcome && hasRecords(outcome.reply);
    isMixing = isRepeated && isAnswer;
    if (isAnswer || !('reply' in outcome)) return outcome;
    return { failure: `${server} tells letters of another case apart`, server, hasReplied: true };
  };

  return {
    encode(query) {
      const message = encodeQuery(query.id, query.question);
      const bits = mayMix(query) ? uint16() : 0;
      query.letterCase = mixCase(message, query.question.name, bits) ? bits : 0;
      return message;
    },
    review({ question, letterCase }, reply, outcome) {
      if (letterCase === 0) {
        if (isMixing === undefined && 'reply' in outcome && hasRecords(outcome.reply)) answered = question;
        return outcome;
      }
      const isRepeated = hasMixedCase(reply, question.name, letterCase);
      if (isMixing === undefined) return concludeTrial(isRepeated, outcome);
      if (isRepeated || !isMixing) return outcome;
      // There may be several servers behind the address.
      otherCases++;
      if (otherCases < manyOtherCases) return suspect;
      isMixing = false;
      return outcome;
    },
    countWrongId(query) {
      const count = (wrongIds.get(query) ?? 0) + 1;
      wrongIds.set(query, count);
      return count === manyWrongIds ? suspect : undefined;
    },
    forget: (query) => void (wrongIds.size > 0 && wrongIds.delete(query)),
  };
}

/** Whether a reply shows that the server has found the name. */
const hasRecords = ({ addresses, alias, nameServers }: Reply): boolean =>
  addresses.length > 0 || alias !== undefined || nameServers === true;
