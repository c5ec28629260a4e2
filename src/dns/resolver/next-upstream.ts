import type { Outcome } from '../transport/transport.js';
import type { Attempt, PendingQuestion, Route } from './attempt.js';
import { hasRoom, mayBeDead, type Upstream } from './upstream.js';

/** The parts of an earlier attempt that the choice depends on. */
type EarlierAttempt<U extends Upstream> = Pick<Attempt, 'outcome'> & { readonly upstream: U };

/**
 * Finds the upstream to ask next: one that has not failed permanently for this question and that the route allows.
 * Among these it prefers the one asked least often for this question, then the preferred one of the route, then the one
 * with the fewest consecutive failures.
 *
 * @param isEligible tells whether an upstream may be asked now; by default all may.
 */
export function nextUpstream<U extends Upstream>(
  upstreams: readonly U[],
  attempts: readonly EarlierAttempt<U>[],
  route: Route = {},
  isEligible: (upstream: U) => boolean = () => true,
): U | undefined {
  let best: U | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const upstream of upstreams) {
    if (!allows(route, upstream)) continue;
    let asked = 0;
    let hasFailed = false;
    for (const attempt of attempts) {
      if (attempt.upstream !== upstream) continue;
      asked++;
      hasFailed ||= isPermanent(attempt.outcome);
    }
    const isFirst = upstream.server.url === route.first;
    const rank = asked * 1e6 + (isFirst ? 0 : 1 + Math.min(upstream.consecutiveFailures, 1e5));
    if (!hasFailed && rank < bestRank && isEligible(upstream)) {
      best = upstream;
      bestRank = rank;
    }
  }
  return best;
}

/** Whether a question with this route may go to an upstream. */
function allows({ only, avoid }: Route, { server }: Upstream): boolean {
  if (only !== undefined) return server.url === only;
  return avoid?.has(server.url) !== true;
}

const isPermanent = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && 'failure' in outcome && outcome.isPermanent === true;

/** The parts of a question that the choice depends on. */
type Choosing<U extends Upstream> = Pick<PendingQuestion, 'route' | 'notBefore'> & {
  readonly attempts: readonly EarlierAttempt<U>[];
};

/** Whether a question has failed at an upstream; a loss is not a failure. */
export const hasFailedAt = <U extends Upstream>(
  attempts: readonly EarlierAttempt<U>[],
  upstream: U,
): boolean =>
  attempts.some(
    ({ upstream: asked, outcome }) => asked === upstream && outcome !== undefined && 'failure' in outcome,
  );

/**
 * Prepares the choice for all questions that are sent in one turn of the event loop.
 *
 * @param now milliseconds, on the clock of `performance.now`.
 * @returns a function that finds the upstream with room for a question, or undefined if there is none now.
 */
export function createChooser<U extends Upstream>(
  upstreams: readonly U[],
  now: number,
): (pending: Choosing<U>) => U | undefined {
  const isOpen = (upstream: U) => hasRoom(upstream, now);
  // A first attempt waits for a healthy upstream rather than go to one that may be dead.
  const isHealthy = upstreams.every(mayBeDead)
    ? isOpen
    : (upstream: U) => !mayBeDead(upstream) && hasRoom(upstream, now);
  /** Whether no healthy upstream is left that the route allows. */
  const areAvoided = (route: Route | undefined) =>
    route?.avoid !== undefined &&
    route.avoid.size > 0 &&
    upstreams.every((upstream) => mayBeDead(upstream) || !allows(route, upstream));
  return ({ attempts, route, notBefore }) => {
    // A canary tests one server and does not wait for room.
    if (route?.only !== undefined) return nextUpstream(upstreams, attempts, route);
    if (attempts.length === 0)
      return nextUpstream(upstreams, attempts, route, areAvoided(route) ? isOpen : isHealthy);
    const isRested = (upstream: U) => now >= notBefore || !hasFailedAt(attempts, upstream);
    return nextUpstream(upstreams, attempts, route, (upstream) => isOpen(upstream) && isRested(upstream));
  };
}
