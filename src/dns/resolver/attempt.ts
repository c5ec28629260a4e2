import type { Failed, Outcome } from '../transport/transport.js';
import {
  recordForgotten,
  recordLateReply,
  recordLoss,
  recordRefusal,
  recordReply,
} from './congestion-control.js';
import * as health from './health.js';
import type { Attempt, PendingQuestion } from './question.js';
import { type RoundTripTime, recordRoundTrip } from './round-trip-time.js';
import type { Upstream } from './upstream.js';

/** The parts of an attempt that the choice of the next upstream depends on. */
export type EarlierAttempt = Pick<Attempt, 'outcome' | 'upstream'>;

const isFailure = (outcome: Outcome | undefined): outcome is Failed =>
  outcome !== undefined && 'failure' in outcome;

/** Whether an attempt has failed; a loss is not a failure, and neither is a truncated reply. */
export const hasFailed = <A extends Pick<Attempt, 'outcome'>>(
  attempt: A,
): attempt is A & { readonly outcome: Failed } =>
  isFailure(attempt.outcome) && !attempt.outcome.isTruncated && !attempt.outcome.isUnprocessed;

/** Whether a question has failed at an upstream. */
export const hasFailedAt = (attempts: readonly EarlierAttempt[], upstream: Upstream<Attempt>): boolean =>
  attempts.some((attempt) => attempt.upstream === upstream && hasFailed(attempt));

/** Whether a question has failed at an upstream in a way that every other try would meet again. */
export const hasFailedPermanentlyAt = (
  attempts: readonly EarlierAttempt[],
  upstream: Upstream<Attempt>,
): boolean =>
  attempts.some(
    ({ upstream: asked, outcome }) =>
      asked === upstream && isFailure(outcome) && outcome.isPermanent === true,
  );

/** Whether the reply of an upstream did not fit into a datagram: from then on, the question goes to it over a stream. */
export const wasTruncatedAt = (attempts: readonly EarlierAttempt[], upstream: Upstream<Attempt>): boolean =>
  attempts.some(
    ({ upstream: asked, outcome }) =>
      asked === upstream && isFailure(outcome) && outcome.isTruncated === true,
  );

/** How often a question has been asked at an upstream. */
export function timesAskedAt(attempts: readonly EarlierAttempt[], upstream: Upstream<Attempt>): number {
  let times = 0;
  for (const attempt of attempts) if (attempt.upstream === upstream) times++;
  return times;
}

/**
 * Whether a question goes to an upstream with nothing else in the same turn: it has been lost once there on a stream. Some servers
 * read only one query of each segment. If it is lost again, that was not the reason.
 */
export function goesAlone(
  { attempts }: Pick<PendingQuestion, 'attempts'>,
  upstream: Upstream<Attempt>,
): boolean {
  let losses = 0;
  for (const attempt of attempts)
    if (attempt.upstream === upstream && attempt.kind === 'stream' && attempt.isLost) losses++;
  return losses === 1;
}

/**
 * Whether an attempt is one of a question's tries: not if the server has not processed it, if its connection was sent too much, if it was one
 * of too many, or if it goes on over a stream.
 */
export function isTry({
  outcome,
  isLost,
  silence,
  round,
}: Pick<Attempt, 'outcome' | 'isLost' | 'silence' | 'round'>): boolean {
  if (silence?.wasTooMuch) return false;
  if (round.wasTooMuch && (isLost || isFailure(outcome))) return false;
  return !(isFailure(outcome) && (outcome.isUnprocessed || outcome.isTruncated));
}

/** What is known of the round trips of an attempt's kind. */
export const timeOf = ({
  needsStream,
  upstream,
}: Pick<Attempt, 'needsStream' | 'upstream'>): RoundTripTime =>
  needsStream ? upstream.streamTime : upstream.roundTripTime;

/** How many later attempts for the same question were lost, or refused, at the same upstream and rate. */
const lossesBefore = ({ pending, upstream, round, order }: Attempt): number =>
  order === 'later'
    ? pending.attempts.filter(
        (other) =>
          other.order === 'later' &&
          other.upstream === upstream &&
          other.round.setting === round.setting &&
          (other.isLost || hasFailed(other)),
      ).length
    : 0;

/**
 * Records a reply that says something about the name, or that it was too long.
 *
 * @param now milliseconds, on the clock of the platform, as in the functions below.
 */
export function countAnswer(attempt: Attempt, now: number): void {
  const { upstream, sentAt, round, order, isLost } = attempt;
  const { congestionControl, roundTripTime } = upstream;
  upstream.answered++;
  if (sentAt > upstream.answeredSentAt) upstream.answeredSentAt = sentAt;
  recordRoundTrip(timeOf(attempt), now - sentAt);
  health.recordAnswer(upstream.health, now);
  if (isLost && attempt.needsStream) return;
  if (isLost) {
    recordLateReply(congestionControl, round, order, now);
  } else {
    upstream.inFlight--;
    recordReply(congestionControl, roundTripTime, round, order, lossesBefore(attempt), now);
  }
}

/** Records a failure: a reply that says nothing about the name, or the end of a connection. */
export function countFailure(attempt: Attempt, failed: Failed, now: number): void {
  const { upstream, sentAt, isLost } = attempt;
  upstream.lastFailure = failed.failure;
  if (failed.hasReplied) {
    recordRoundTrip(timeOf(attempt), now - sentAt);
    health.recordAnyReply(upstream.health, now);
  }
  if (failed.retryAfter !== undefined) health.hold(upstream.health, failed.retryAfter, now);
  if (!isLost) {
    upstream.inFlight--;
    // A connection that the server ends says nothing about how much it can do at a time.
    const { congestionControl, inFlight } = upstream;
    if (failed.isUnprocessed && !failed.hasReplied)
      recordForgotten(congestionControl, attempt.round, attempt.order, now);
    else recordRefusal(congestionControl, attempt.round, attempt.order, inFlight, now);
  }
  if (!failed.isUnprocessed) health.recordFailure(upstream.health, now);
}

/** Records that an attempt counts as lost; its reply may still come. */
export function countLoss(attempt: Attempt, now: number): void {
  const { upstream, sentAt } = attempt;
  attempt.isLost = true;
  upstream.inFlight--;
  upstream.lost++;
  upstream.lastFailure = `no reply from ${upstream.server.url}`;
  attempt.silence = upstream.transport.suspect(attempt, sentAt);
  if (attempt.silence === undefined) health.recordFailure(upstream.health, now);
  // A stream after a truncated reply may not be let through. That says nothing about how many datagrams the server can take.
  const record = attempt.needsStream ? recordForgotten : recordLoss;
  record(upstream.congestionControl, attempt.round, attempt.order, now);
}

/** Records that nobody waits for the reply to an attempt any longer. */
export function countForgotten(attempt: Attempt, now: number): void {
  const { upstream, round, order, isLost } = attempt;
  upstream.transport.forget(attempt);
  if (isLost) return;
  upstream.inFlight--;
  recordForgotten(upstream.congestionControl, round, order, now);
}
