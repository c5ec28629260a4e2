import type { Outcome, Query } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import { pauseAfter } from './health.js';
import { withoutRefusals } from './outcome.js';
import {
  maximumRetryAfter,
  recordFailure,
  recordLoss,
  recordOverload,
  recordReply,
  release,
  type Upstream,
} from './upstream.js';

/** The upstreams that a question goes to, by the URLs of their servers; all of them if none is set. */
export interface Route {
  /** Only this one. */
  readonly only?: string;
  /** This one before the others. */
  readonly first?: string;
  /** Not these. */
  readonly avoid?: ReadonlySet<string>;
  /** With at most so many attempts, if that is fewer than usual. */
  readonly tries?: number;
}

/** The outcome of a question after all attempts. */
export interface Answer {
  readonly outcome: Outcome;
  /** The URL of the server asked last, as the user gave it; the outcome may have come over another transport. */
  readonly asked: string;
  /** Attempts made. */
  readonly tries: number;
  /** Milliseconds from the first query to this answer. */
  readonly ms: number;
  /** When the query with this outcome was sent: milliseconds, on the clock of `performance.now`. */
  readonly sentAt: number;
}

/** A question without an answer yet. */
export interface PendingQuestion {
  readonly question: Question;
  readonly route: Route | undefined;
  readonly resolve: (answer: Answer) => void;
  attempts: readonly Attempt[];
  /** Why it is asked again, in words. */
  retryReason: string;
  /** Whether it waits to be sent. */
  isQueued: boolean;
  /** When it may go to an upstream at which it has failed: milliseconds, on the clock of `performance.now`. */
  notBefore: number;
  isSettled: boolean;
  /** Its position in the bag of questions without an answer. */
  position: number;
}

/** One query sent for one question, and its outcome so far. */
export interface Attempt extends Query {
  readonly pending: PendingQuestion;
  readonly upstream: Upstream<Attempt>;
  /** Milliseconds, on the clock of `performance.now`. */
  readonly sentAt: number;
  /** Whether it counts as lost; its reply may still come. */
  isLost: boolean;
  outcome: Outcome | undefined;
}

/** Attempts that a question may have: fewer than usual if its route says so. */
export const triesOf = ({ route }: Pick<PendingQuestion, 'route'>, tries: number): number =>
  Math.min(route?.tries ?? tries, tries);

const none: readonly Attempt[] = [];

/** Creates a question that has not been asked yet. */
export const createPendingQuestion = (
  question: Question,
  route: Route | undefined,
  resolve: (answer: Answer) => void,
): PendingQuestion => ({
  question,
  route,
  resolve,
  attempts: none,
  retryReason: '',
  isQueued: false,
  notBefore: 0,
  isSettled: false,
  position: 0,
});

/**
 * Adds an attempt to a question.
 *
 * @param now milliseconds, on the clock of `performance.now`.
 */
export function addAttempt(pending: PendingQuestion, upstream: Upstream<Attempt>, now: number): Attempt {
  const { question, attempts } = pending;
  const attempt: Attempt = {
    question,
    id: 0,
    reliable: false,
    pending,
    upstream,
    sentAt: now,
    isLost: false,
    outcome: undefined,
  };
  // Most questions need one attempt, and spreading an empty list costs time.
  pending.attempts = attempts.length === 0 ? [attempt] : [...attempts, attempt];
  return attempt;
}

/**
 * Takes the outcome of an attempt, and records it with its upstream.
 *
 * @param now milliseconds, on the clock of `performance.now`.
 */
export function takeOutcome(attempt: Attempt, outcome: Outcome, now: number): Outcome {
  const { upstream, isLost, sentAt, question } = attempt;
  const useful = withoutRefusals(outcome, question);
  attempt.outcome = useful;
  if ('failure' in useful) upstream.lastFailure = useful.failure;
  if (isLost) upstream.congestionControl.recordLateReply();
  else release(upstream);
  if ('failure' in outcome && outcome.retryAfter !== undefined)
    recordOverload(upstream, outcome.retryAfter, now);
  else if ('reply' in outcome || outcome.hasReplied)
    recordReply(upstream, now - sentAt, 'reply' in useful, now);
  else recordFailure(upstream, sentAt, now);
  return useful;
}

/** Counts an attempt as lost, once; its reply may still come. */
export function countAsLost(attempt: Attempt, now: number): void {
  if (attempt.isLost) return;
  attempt.isLost = true;
  recordLoss(attempt.upstream, attempt.sentAt, now);
}

/**
 * Computes how long a question waits before it goes to an upstream at which it has failed.
 *
 * @returns milliseconds.
 */
export function pauseAfterFailures(attempts: readonly Attempt[]): number {
  const outcome = attempts.at(-1)?.outcome;
  const retryAfter = outcome && 'failure' in outcome ? (outcome.retryAfter ?? 0) : 0;
  const rounds = attempts.length - new Set(attempts.map(({ upstream }) => upstream)).size;
  return Math.max(pauseAfter(rounds), Math.min(retryAfter, maximumRetryAfter));
}
