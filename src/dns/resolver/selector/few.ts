import { hasFailedAt, timesAskedAt } from '../attempt.js';
import type { Attempt } from '../question.js';
import type { Upstream } from '../upstream.js';
import {
  createAvailability,
  isCandidate,
  maySendTo,
  type SelectableQuestion,
  type Selector,
  streamOf,
} from './selector.js';

/**
 * The rank of each attempt, more than that of any failures: an upstream that was sent the question less often comes
 * first.
 */
const perAttempt = 1e6;

/**
 * Creates a selector for few upstreams. It chooses the one that a question has been sent to least often; then the
 * preferred one of its policy; then the one with the fewest consecutive failures.
 */
export function selectAmongFew(upstreams: readonly Upstream<Attempt>[], silenceLimit: number): Selector {
  const availability = createAvailability(upstreams, silenceLimit);

  function choose(question: SelectableQuestion, now: number): Upstream<Attempt> | undefined {
    const { policy, attempts } = question;
    const streamTo = streamOf(question);
    if (streamTo) return maySendTo(streamTo, question, now) ? streamTo : undefined;
    // A question goes to an upstream where it has failed only if it has failed everywhere. It waits for one that is
    // silent or busy.
    const mayFail = attempts.length === 0 || !availability.hasOther(question, now);
    let best: Upstream<Attempt> | undefined;
    let bestRank = Number.POSITIVE_INFINITY;
    // A list of the candidates would take memory for each question.
    for (const upstream of upstreams) {
      if (!isCandidate(upstream, question, upstreams, silenceLimit, now)) continue;
      if (!mayFail && hasFailedAt(attempts, upstream)) continue;
      const isFirst = upstream.server.url === policy?.first;
      const { failures } = upstream.health;
      const asked = timesAskedAt(attempts, upstream);
      const rank = asked * perAttempt + (isFirst ? 0 : 1 + Math.min(failures, perAttempt / 2));
      if (rank >= bestRank || !maySendTo(upstream, question, now)) continue;
      best = upstream;
      bestRank = rank;
    }
    return best;
  }

  return { ...availability, choose };
}
