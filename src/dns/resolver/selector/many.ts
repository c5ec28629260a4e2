import { hasFailedAt, hasFailedPermanentlyAt, timesAskedAt } from '../attempt.js';
import { isWorthTrying, keepsFailing, mayAsk } from '../health.js';
import type { Attempt } from '../question.js';
import { expectedWithin, type RoundTripTime } from '../round-trip-time.js';
import type { Upstream } from '../upstream.js';
import {
  allows,
  createAvailability,
  maySendTo,
  type SelectableQuestion,
  type Selector,
  streamOf,
} from './selector.js';

/** Consecutive questions to one upstream, so that few canaries cover many of them. */
const burst = 32;
/** The most queries in flight to an upstream that has not answered yet. */
const trialQueries = 2;
/** An upstream is slow if its replies are expected this many times as late as those of all upstreams. */
const slowness = 3;

/**
 * Creates a selector for many upstreams, which are asked in turn. Choosing one for a new question takes the same time,
 * however many there are. A question that is asked again goes to another upstream, if possible to one that has answered before.
 *
 * @param shared the round trips to all upstreams.
 */
export function selectAmongMany(
  upstreams: readonly Upstream<Attempt>[],
  silenceLimit: number,
  shared: RoundTripTime,
): Selector {
  const availability = createAvailability(upstreams, silenceLimit);
  const byUrl = new Map(upstreams.map((upstream) => [upstream.server.url, upstream]));
  let position = 0;
  let left = burst;

  const isSlow = ({ roundTripTime }: Upstream<Attempt>): boolean => {
    const [own, others] = [expectedWithin(roundTripTime), expectedWithin(shared)];
    return own !== undefined && others !== undefined && own > slowness * others;
  };

  const isOpen = (upstream: Upstream<Attempt>, question: SelectableQuestion, now: number): boolean => {
    const { health, answered, inFlight } = upstream;
    if (!isWorthTrying(health, now)) return false;
    const isTrial = keepsFailing(health) || isSlow(upstream);
    if (inFlight >= (isTrial ? 1 : answered === 0 ? trialQueries : Number.POSITIVE_INFINITY)) return false;
    return maySendTo(upstream, question, now);
  };

  const isNew = ({ policy, attempts }: SelectableQuestion, upstream: Upstream<Attempt>): boolean =>
    allows(policy, upstream) && timesAskedAt(attempts, upstream) === 0;

  const hasOther: Selector['hasOther'] = (question, now) =>
    upstreams.some(
      (upstream) =>
        isNew(question, upstream) && mayAsk(upstream.health, now) && isWorthTrying(upstream.health, now),
    );

  /** Finds the next eligible upstream, beginning with the present one. */
  const find = (isEligible: (upstream: Upstream<Attempt>) => boolean): Upstream<Attempt> | undefined => {
    for (let step = 0; step < upstreams.length; step++) {
      const index = (position + step) % upstreams.length;
      const upstream = upstreams[index];
      if (upstream === undefined || !isEligible(upstream)) continue;
      if (step > 0) left = burst;
      position = index;
      if (--left <= 0) {
        position = (index + 1) % upstreams.length;
        left = burst;
      }
      return upstream;
    }
    return undefined;
  };

  /** Whether an upstream has answered, and works. */
  const isProven = ({ health }: Upstream<Attempt>): boolean =>
    health.hasAnswered && !health.isSilent && !keepsFailing(health);

  /**
   * Finds an upstream for a question that has been asked before. It prefers to wait for one that has answered before
   * over one that is unknown. A lost question goes to the same upstream once more.
   */
  const findAgain = (question: SelectableQuestion, now: number): Upstream<Attempt> | undefined => {
    const { policy, attempts } = question;
    const isNext = (upstream: Upstream<Attempt>) => isProven(upstream) && isNew(question, upstream);
    if (upstreams.some(isNext))
      return find((upstream) => isNext(upstream) && isOpen(upstream, question, now));
    const isLost = (upstream: Upstream<Attempt>) =>
      isProven(upstream) &&
      allows(policy, upstream) &&
      timesAskedAt(attempts, upstream) === 1 &&
      !hasFailedAt(attempts, upstream);
    if (upstreams.some(isLost))
      return find((upstream) => isLost(upstream) && isOpen(upstream, question, now));
    const other = find((upstream) => isNew(question, upstream) && isOpen(upstream, question, now));
    if (other || hasOther(question, now)) return other;
    return find(
      (upstream) =>
        allows(policy, upstream) &&
        !hasFailedPermanentlyAt(attempts, upstream) &&
        isOpen(upstream, question, now),
    );
  };

  return {
    ...availability,
    hasOther,
    choose(question, now) {
      const { policy, attempts } = question;
      const streamTo = streamOf(question);
      const url = policy?.only ?? policy?.first;
      const preferred = streamTo ?? (url === undefined ? undefined : byUrl.get(url));
      if (policy?.only !== undefined || streamTo)
        return preferred && maySendTo(preferred, question, now) ? preferred : undefined;
      if (preferred && isNew(question, preferred) && isOpen(preferred, question, now)) return preferred;
      if (attempts.length > 0) return findAgain(question, now);
      return find((upstream) => allows(policy, upstream) && isOpen(upstream, question, now));
    },
  };
}
