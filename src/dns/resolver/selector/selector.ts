import { type EarlierAttempt, hasFailedAt, hasFailedPermanentlyAt, wasTruncatedAt } from '../attempt.js';
import { isDead, mayAsk } from '../health.js';
import type { Attempt, PendingQuestion, ServerPolicy } from '../question.js';
import { maySend, type Upstream } from '../upstream.js';

/** The parts of a question that the choice of an upstream depends on. */
export type SelectableQuestion = Pick<PendingQuestion, 'policy' | 'streamTo'> & {
  readonly attempts: readonly EarlierAttempt[];
};

/** Chooses among the upstreams of a resolver. All times are in milliseconds, on the clock of the platform. */
export interface Selector {
  /** Returns the upstream to send a question to now; undefined if none may be sent one. */
  choose(question: SelectableQuestion, now: number): Upstream<Attempt> | undefined;
  /** Whether an upstream is left at which a question has not failed. */
  hasOther(question: SelectableQuestion, now: number): boolean;
  /** Whether no upstream is left that may ever answer a question. */
  isExhausted(question: SelectableQuestion, now: number): boolean;
}

/** Whether a question may go to an upstream. */
export function allows(policy: ServerPolicy | undefined, { server }: Upstream<Attempt>): boolean {
  if (policy === undefined) return true;
  if (policy.only !== undefined) return server.url === policy.only;
  return policy.avoid?.has(server.url) !== true;
}

/** Whether an upstream may be sent a question now. */
export const maySendTo = (
  upstream: Upstream<Attempt>,
  { attempts }: SelectableQuestion,
  now: number,
): boolean => maySend(upstream, attempts.length > 0 && wasTruncatedAt(attempts, upstream), now);

/** Whether an upstream may ever answer a question. */
export const isCandidate = (
  upstream: Upstream<Attempt>,
  { policy, attempts }: SelectableQuestion,
  upstreams: readonly Upstream<Attempt>[],
  silenceLimit: number,
  now: number,
): boolean =>
  allows(policy, upstream) &&
  !(attempts.length > 0 && hasFailedPermanentlyAt(attempts, upstream)) &&
  // If another upstream works, there is no need to wait for the reply to a priority question.
  !(
    upstream.health.isSilent &&
    isDead(upstream.health, silenceLimit, now, policy?.only !== undefined && isAnyWorking(upstreams, now))
  );

const isAnyWorking = (upstreams: readonly Upstream<Attempt>[], now: number): boolean =>
  upstreams.some(({ health }) => health.hasAnswered && mayAsk(health, now));

/**
 * The upstream to which a question must go over a stream, after a truncated reply; undefined if that upstream is
 * silent.
 */
export const streamOf = ({ streamTo }: SelectableQuestion): Upstream<Attempt> | undefined =>
  streamTo?.health.isSilent ? undefined : streamTo;

/**
 * Creates the parts of a selector that do not depend on the number of upstreams.
 *
 * @param silenceLimit milliseconds of silence after which an upstream that has never answered is given up.
 */
export const createAvailability = (
  upstreams: readonly Upstream<Attempt>[],
  silenceLimit: number,
): Pick<Selector, 'hasOther' | 'isExhausted'> => ({
  hasOther: (question, now) =>
    upstreams.some(
      (upstream) =>
        isCandidate(upstream, question, upstreams, silenceLimit, now) &&
        !hasFailedAt(question.attempts, upstream),
    ),
  // A list of the candidates would take time for each question that has to wait.
  isExhausted: (question, now) =>
    !upstreams.some((upstream) => isCandidate(upstream, question, upstreams, silenceLimit, now)),
});
