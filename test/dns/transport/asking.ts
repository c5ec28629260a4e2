import { type Exchanges, openExchanges } from '../../../src/dns/transport/in-flight-queries.js';
import type { Outcome, Query } from '../../../src/dns/transport/transport.js';
import { encodeQuery, type Question } from '../../../src/dns/wire/query.js';

/** A query whose outcome goes where it says. */
export interface Asked extends Query {
  readonly settle: (outcome: Outcome) => void;
}

/** Exchanges, and a way to open one by a question and who waits for it. */
export interface Asking extends Exchanges<Asked> {
  /** @returns the query, and the message that is sent for it. */
  ask(
    question: Question,
    settle: (outcome: Outcome) => void,
  ): { readonly asked: Asked; readonly query: Buffer };
}

export function openAsking(server: string, truncated?: (query: Asked) => void): Asking {
  const exchanges = openExchanges<Asked>(server, (query, outcome) => query.settle(outcome), truncated);
  return Object.assign(exchanges, {
    ask(question: Question, settle: (outcome: Outcome) => void) {
      const asked = { question, id: 0, reliable: false, settle };
      exchanges.open(asked);
      return { asked, query: encodeQuery(asked.id, question) };
    },
  });
}
