import type { Random } from '../../util/random.js';
import { hasFailed, isTry } from './attempt.js';
import { backOff } from './back-off.js';
import { longestHold } from './health.js';
import type { Attempt, PendingQuestion } from './question.js';

/** The most attempts of a question, as a multiple of its tries. */
const mostAttempts = 3;
/** Up to this many failures, a question goes to another upstream at once. */
const quickFailures = 2;

/**
 * Whether a question has had all its tries, or too many attempts, of which some do not count as tries.
 *
 * @param tries attempts for one question; its policy may allow fewer.
 */
export function hasHadAllTries(
  { policy, attempts }: Pick<PendingQuestion, 'policy' | 'attempts'>,
  tries: number,
): boolean {
  const most = Math.min(policy?.tries ?? tries, tries);
  if (attempts.length < most) return false;
  const counted = attempts.filter((attempt) => isTry(attempt) && !isFirstRefusal(attempt, attempts));
  return counted.length >= most || attempts.length >= mostAttempts * most;
}

/** Whether one of several upstreams refuses a question for the first time: some refuse what others answer. */
function isFirstRefusal({ outcome, upstream }: Attempt, attempts: readonly Attempt[]): boolean {
  if (outcome === undefined || !('failure' in outcome) || outcome.rcode !== 'REFUSED') return false;
  const here = attempts.filter((other) => other.upstream === upstream);
  return here.length < attempts.length && here[0]?.outcome === outcome;
}

/**
 * Computes the pause before a question is asked again. There is none if the upstream did not process it, or if it goes
 * to another upstream and has not failed often. Otherwise, the pause grows with each failure.
 *
 * @param hasOther whether it can go to an upstream at which it has not failed.
 * @returns milliseconds.
 */
export function pauseAfterFailure(
  { attempts }: Pick<PendingQuestion, 'attempts'>,
  hasOther: boolean,
  random: Pick<Random, 'fraction'>,
): number {
  const last = attempts.at(-1);
  if (last === undefined || !hasFailed(last)) return 0;
  const failures = attempts.filter(hasFailed).length;
  if (hasOther && failures <= quickFailures) return 0;
  const repeats = attempts.length - new Set(attempts.map(({ upstream }) => upstream)).size;
  const earlier = Math.max(repeats, failures - quickFailures - 1);
  return Math.max(backOff(earlier, random), Math.min(last.outcome.retryAfter ?? 0, longestHold));
}
