import type { Failed, Outcome, Query } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import { free, type Lane, type Route } from './upstream.js';

/** A question that waits for its answer. */
export interface Pending {
  readonly question: Question;
  readonly route: Route | undefined;
  readonly answered: (answer: Answer) => void;
  attempts: readonly Attempt[];
  /** Why it is asked again. */
  why: string;
  /** It waits for its turn to be sent. */
  queued: boolean;
  settled: boolean;
  /** Its place among all that waits. */
  place: number;
}

/** What came of a question after all tries. */
export interface Answer {
  readonly outcome: Outcome;
  /** The URL of the server asked last, as it was given: the outcome may have come another way. */
  readonly asked: string;
  /** Queries sent. */
  readonly tries: number;
  /** Milliseconds from the first query to this answer. */
  readonly ms: number;
}

/** One query, and what came of it so far. */
export interface Attempt extends Query {
  readonly pending: Pending;
  readonly lane: Lane;
  /** Milliseconds, on the clock of `performance.now`. */
  readonly sentAt: number;
  /** It was taken for lost; a reply may still come. */
  lost: boolean;
  outcome: Outcome | undefined;
}

/** What choosing and telling needs to know of an attempt. */
export type Asked = Pick<Attempt, 'lane' | 'outcome'>;

const none: readonly Attempt[] = [];

export const openPending = (
  question: Question,
  answered: (answer: Answer) => void,
  route: Route | undefined,
): Pending => ({
  question,
  route,
  answered,
  attempts: none,
  why: '',
  queued: false,
  settled: false,
  place: 0,
});

/** @param now milliseconds, on the clock of `performance.now`. */
export function addAttempt(pending: Pending, lane: Lane, now: number): Attempt {
  const { question } = pending;
  const attempt: Attempt = {
    question,
    id: 0,
    pending,
    lane,
    sentAt: now,
    reliable: false,
    lost: false,
    outcome: undefined,
  };
  const { attempts } = pending;
  // Most have only one, and a list of one costs less where nothing is copied into it.
  pending.attempts = attempts.length === 0 ? [attempt] : [...attempts, attempt];
  return attempt;
}

/**
 * Learns from what came of a query.
 *
 * @param now milliseconds, on the clock of `performance.now`.
 */
export function learn({ lane, lost, sentAt }: Attempt, outcome: Outcome, now: number): void {
  if (lost) lane.pace.late();
  else free(lane);
  if ('failure' in outcome) {
    lane.silences++;
    return;
  }
  lane.silences = 0;
  lane.roundTrip.measured(now - sentAt);
  lane.pace.answered(now);
}

/** Takes a query for lost; its reply may still come. */
export function lose(attempt: Attempt, now: number): void {
  if (attempt.lost) return;
  attempt.lost = true;
  free(attempt.lane);
  attempt.lane.silences++;
  attempt.lane.pace.lost(now);
}

/** A reply by which the server says only that it will not or cannot tell is a failure. */
export function judge(outcome: Outcome, question: Question): Outcome {
  if ('failure' in outcome) return outcome;
  const { reply, server } = outcome;
  const { rcode, referral } = reply;
  if (rcode !== undefined && rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') {
    return { failure: `${rcode} from ${server}`, server, rcode };
  }
  if (referral !== undefined && referral !== question.name) {
    return { failure: `${server} only refers to the name servers of ${referral || 'the root'}`, server };
  }
  return outcome;
}

/** What all attempts together failed by, each server's part named once. */
export function summary(attempts: readonly Asked[]): Failed {
  const parts = new Map<Lane, string>();
  for (const { lane, outcome } of attempts) {
    const tries = attempts.filter((attempt) => attempt.lane === lane).length;
    const silent = `no reply from ${lane.server.url} in ${tries === 1 ? 'one try' : `${tries} tries`}`;
    if (outcome && 'failure' in outcome) parts.set(lane, outcome.failure);
    else if (!parts.has(lane)) parts.set(lane, silent);
  }
  const told = attempts.findLast(({ outcome }) => outcome && 'rcode' in outcome)?.outcome;
  return {
    failure: [...parts.values()].join('; '),
    server: told?.server ?? attempts.at(-1)?.lane.server.url ?? '',
    ...(told && 'rcode' in told && { rcode: told.rcode }),
  };
}
