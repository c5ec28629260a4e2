import type { Failed, Outcome } from './transport.js';

/**
 * The permanent failures of one server: responses that are not DNS messages. A single one proves nothing, since a proxy
 * may send its error page while the server behind it starts.
 */
export interface PermanentFailures {
  /** How many there have been, one after the other. Queries that were in flight together count once. */
  count(): number;
  /**
   * Makes a permanent failure transient, unless there have been enough of them and no reply.
   *
   * @param countBefore what `count` returned when the query was sent.
   */
  review(outcome: Outcome, countBefore: number): Outcome;
}

/** After this many failures without a reply, they are taken for permanent. */
const enoughFailures = 4;

/** Creates the permanent failures of one server, none at first. */
export function createPermanentFailures(): PermanentFailures {
  let count = 0;
  let hasAnswered = false;
  return {
    count: () => count,
    review(outcome, countBefore) {
      if ('reply' in outcome) hasAnswered = true;
      if ('reply' in outcome || !outcome.isPermanent) return outcome;
      if (countBefore === count) count++;
      if (count >= enoughFailures && !hasAnswered) return outcome;
      const { isPermanent: _, ...transient }: Failed = outcome;
      return transient;
    },
  };
}
