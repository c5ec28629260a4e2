import { type PendingQuestion, triesOf } from './attempt.js';
import type { RoundTripTime } from './round-trip-time.js';
import { hasRoom, type Upstream } from './upstream.js';

/**
 * The first waits grow slowly, since a lost datagram is the usual reason for a second attempt; the later ones double, so
 * that a silence of half a second does not use up all attempts.
 */
const backOff = 1.3;
const slowAttempts = 3;
/** The longest wait for an unreliable transport, in milliseconds; only the last attempt waits for the whole time-out. */
const maximumWait = 1000;

/** The limits of one question. */
export interface Limits {
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
  /** Attempts for one question. */
  readonly tries: number;
}

/**
 * Creates a function that tells whether the last attempt of a question has taken too long: longer than round trips to
 * its upstream usually take or, at the end of a run, more than twice as long as an idle upstream would take.
 *
 * @param shared the round trips to all upstreams, if there are very many.
 */
export function createOverdue(
  upstreams: readonly Upstream[],
  { timeout, tries }: Limits,
  shared?: Pick<RoundTripTime, 'timeout' | 'isKnown'>,
) {
  /**
   * With few samples of each upstream, a busy moment of the line that they share would count as losses; and one that has
   * never replied need not be waited for much longer than for the others.
   */
  const timeoutOf = ({ roundTripTime }: Upstream): number => {
    const own = roundTripTime.timeout();
    if (!shared?.isKnown()) return own;
    return roundTripTime.isKnown() ? Math.max(own, shared.timeout()) : Math.min(own, 2 * shared.timeout());
  };
  let lookedAt = Number.NaN;
  let fastest = Number.POSITIVE_INFINITY;
  const fastestIdle = (now: number): number => {
    // Once for all questions that are looked at in one sweep.
    if (now !== lookedAt) fastest = findFastestIdle(now);
    lookedAt = now;
    return fastest;
  };

  /** Milliseconds within which some healthy, idle upstream would reply; infinite if there is none. */
  const findFastestIdle = (now: number): number => {
    const idle = upstreams.filter(
      (upstream) => upstream.consecutiveFailures === 0 && upstream.inFlight === 0,
    );
    const withRoom = idle.filter((upstream) => hasRoom(upstream, now));
    return Math.min(...withRoom.map(({ roundTripTime }) => roundTripTime.timeout()));
  };

  /**
   * @param now milliseconds, on the clock of `performance.now`.
   * @param isEnding whether no question waits to be sent, as at the end of a run.
   */
  return (pending: PendingQuestion, now: number, isEnding: boolean): boolean => {
    const { attempts } = pending;
    const attempt = attempts.at(-1);
    if (pending.isQueued || attempt === undefined || attempt.upstream.transport.enforcesTimeout) return false;
    const { upstream, sentAt, reliable } = attempt;
    const waited = now - sentAt;
    const longest = reliable ? timeout : Math.min(maximumWait, timeout);
    // The usual case comes first, because this function is called for every question in flight.
    if (!isEnding && waited < Math.min(timeoutOf(upstream), longest)) return false;
    const wait = timeoutOf(upstream) * growthOfWait(attempts.length);
    if (waited >= (reliable ? timeout : Math.min(wait, longest))) return true;
    const mayGoElsewhere = upstreams.length > 1 && pending.route?.only === undefined;
    const mayRetry = isEnding && mayGoElsewhere && attempts.length < triesOf(pending, tries);
    return mayRetry && waited > 2 * fastestIdle(now);
  };
}

/** How many times as long as for the first attempt the wait for this one is. */
const growthOfWait = (attempt: number): number =>
  backOff ** (Math.min(attempt, slowAttempts) - 1) * 2 ** Math.max(attempt - slowAttempts, 0);
