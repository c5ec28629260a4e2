import type { Attempt, Route } from './attempt.js';
import type { RoundTripTime } from './round-trip-time.js';
import { hasRoom, type Upstream } from './upstream.js';

/** Many upstreams, which are asked in turn. Choosing one takes the same time however many there are. */
export interface Ring<U extends Upstream = Upstream> {
  /**
   * Finds the upstream with room for a question, or undefined if there is none now.
   *
   * @param now milliseconds, on the clock of `performance.now`, as below.
   */
  choose(attempts: readonly EarlierAttempt<U>[], route: Route | undefined, now: number): U | undefined;
  /** Whether an upstream that works is left for a question. */
  hasOther(attempts: readonly EarlierAttempt<U>[], route: Route | undefined, now: number): boolean;
}

type EarlierAttempt<U extends Upstream> = Pick<Attempt, 'outcome'> & { readonly upstream: U };

/** Questions that follow each other to one upstream, so that few canaries cover many of them. */
const burst = 32;
/** Queries in flight to an upstream that has not answered yet. */
const trialShare = 8;
/** Failures since the last answer after which an upstream is asked a question now and then. */
const tolerableFailures = 3;

/** An upstream is slow if its replies are expected this many times as late as those of all upstreams. */
const slowness = 3;

/**
 * Creates a ring; it begins with the first upstream.
 *
 * @param shared the round trips to all upstreams.
 */
export function createRing<U extends Upstream>(
  upstreams: readonly U[],
  shared: Pick<RoundTripTime, 'timeout' | 'isKnown'>,
): Ring<U> {
  const byUrl = new Map(upstreams.map((upstream) => [upstream.server.url, upstream]));
  let position = 0;
  let left = burst;

  const isSlow = ({ roundTripTime }: U): boolean =>
    roundTripTime.isKnown() && shared.isKnown() && roundTripTime.timeout() > slowness * shared.timeout();

  /** Looks for an upstream from the present one on. */
  const find = (isEligible: (upstream: U) => boolean): U | undefined => {
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

  return {
    choose(attempts, route, now) {
      if (route?.only !== undefined) return byUrl.get(route.only);
      const isOpen = (upstream: U) =>
        isWilling(upstream, now) && hasRoom(upstream, now) && (upstream.inFlight === 0 || !isSlow(upstream));
      const first = route?.first === undefined ? undefined : byUrl.get(route.first);
      if (first && isOpen(first) && !wasAsked(attempts, first)) return first;
      const isAllowed = (upstream: U) => route?.avoid?.has(upstream.server.url) !== true;
      return find((upstream) => isOpen(upstream) && isAllowed(upstream) && !wasAsked(attempts, upstream));
    },
    hasOther: (attempts, route, now) =>
      upstreams.some(
        (upstream) =>
          !upstream.health.isDead(now) &&
          (route?.only === undefined || route.only === upstream.server.url) &&
          !wasAsked(attempts, upstream),
      ),
  };
}

const wasAsked = <U extends Upstream>(attempts: readonly EarlierAttempt<U>[], upstream: U): boolean =>
  attempts.some((attempt) => attempt.upstream === upstream);

/** Whether an upstream does what it is asked for, or may be tried again. */
function isWilling({ failuresSinceAnswer, answered, inFlight, nextTrialAt }: Upstream, now: number): boolean {
  if (failuresSinceAnswer >= tolerableFailures) return inFlight === 0 && now >= nextTrialAt;
  return answered > 0 || inFlight < trialShare;
}
