import type { Failed, Outcome } from '../transport/transport.js';
import {
  recordForgotten,
  recordLateReply,
  recordLoss,
  recordRefusal,
  recordReply,
} from './congestion-control.js';
import * as health from './health.js';
import { recordReachability } from './outage.js';
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

/** Whether a question has failed permanently at an upstream: every other try would fail in the same way. */
export const hasFailedPermanentlyAt = (
  attempts: readonly EarlierAttempt[],
  upstream: Upstream<Attempt>,
): boolean =>
  attempts.some(
    ({ upstream: asked, outcome }) =>
      asked === upstream && isFailure(outcome) && outcome.isPermanent === true,
  );

/** Whether an upstream's reply did not fit into a datagram. From then on, the question goes to it over a stream. */
export const wasTruncatedAt = (attempts: readonly EarlierAttempt[], upstream: Upstream<Attempt>): boolean =>
  attempts.some(
    ({ upstream: asked, outcome }) =>
      asked === upstream && isFailure(outcome) && outcome.isTruncated === true,
  );

/** How often a question has been sent to an upstream. */
export function timesAskedAt(attempts: readonly EarlierAttempt[], upstream: Upstream<Attempt>): number {
  let times = 0;
  for (const attempt of attempts) if (attempt.upstream === upstream) times++;
  return times;
}

/**
 * Whether a question must be the only one sent in its turn, since it has been lost once on a stream to this upstream.
 * Some servers read only one query of each segment. If the question is lost again, that was not the reason.
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
 * Whether an attempt counts as a try. It does not if the server did not process it, if its connection or the server was
 * sent too many queries, or if the question is asked again over a stream.
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

/** The round-trip time of the way that an attempt took. */
export const timeOf = ({
  needsStream,
  upstream,
}: Pick<Attempt, 'needsStream' | 'upstream'>): RoundTripTime =>
  needsStream ? upstream.streamTime : upstream.roundTripTime;

/** How many later attempts for the same question were lost or refused by the same upstream at the same rate. */
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
 * Records a reply that says something about the name, or that did not fit into a datagram.
 *
 * @param now milliseconds, on the clock of the platform, as in the functions below.
 */
export function countAnswer(attempt: Attempt, now: number): void {
  const { upstream, sentAt, round, order, isLost } = attempt;
  const { congestionControl, roundTripTime } = upstream;
  upstream.answered++;
  upstream.whyUnreachable = undefined;
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
  recordReachability(attempt, failed);
  if (failed.hasReplied) {
    recordRoundTrip(timeOf(attempt), now - sentAt);
    health.recordAnyReply(upstream.health, now);
  }
  if (failed.retryAfter !== undefined) health.hold(upstream.health, failed.retryAfter, now);
  if (!isLost) {
    upstream.inFlight--;
    // If the server ends the connection, that says nothing about how much it can do at a time.
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
  // A firewall may block streams. That says nothing about how many datagrams the server can take.
  const record = attempt.needsStream ? recordForgotten : recordLoss;
  record(upstream.congestionControl, attempt.round, attempt.order, now);
}

/** Records that the reply to an attempt is not waited for any longer. */
export function countForgotten(attempt: Attempt, now: number): void {
  const { upstream, round, order, isLost } = attempt;
  upstream.transport.forget(attempt);
  if (isLost) return;
  upstream.inFlight--;
  recordForgotten(upstream.congestionControl, round, order, now);
}
