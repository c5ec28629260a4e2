import type { Failed, Outcome } from './transport.js';

/**
 * Decides when a server that gives responses other than DNS messages will never give any. One such response proves
 * nothing: a proxy may send its error page while the server behind it starts.
 */
export interface Misfits {
  /** The present round, to be passed on with the outcome of a query that is sent now. */
  round(): number;
  /** Leaves an outcome permanent only if queries of several rounds, one after the other, failed permanently. */
  review(outcome: Outcome, round: number): Outcome;
}

/** The number of rounds in which nothing but misfits came. Queries that were in flight together are one round. */
const maximumRounds = 4;

/** Creates the record of one server. */
export function createMisfits(): Misfits {
  let rounds = 0;
  let hasAnswered = false;
  return {
    round: () => rounds,
    review(outcome, round) {
      if ('reply' in outcome) hasAnswered = true;
      if ('reply' in outcome || !outcome.isPermanent) return outcome;
      if (round === rounds) rounds++;
      if (rounds >= maximumRounds && !hasAnswered) return outcome;
      const { isPermanent: _, ...transient }: Failed = outcome;
      return transient;
    },
  };
}
