import type { Failed } from '../transport/transport.js';
import { untilGivenUp } from './health.js';
import type { Attempt } from './question.js';
import type { Upstream } from './upstream.js';

/** A time in which no server can be reached. */
export interface Outage {
  /** Why not, in words: for all servers and, if there are several, a shorter text for the first one. */
  readonly reasons: readonly string[];
  /** Milliseconds for which they are still tried. */
  readonly remaining: number;
}

/** Records whether a failure shows that an upstream cannot be reached: that nothing listens there, or no route leads to it. */
export function recordReachability(
  { upstream, kind }: Pick<Attempt, 'upstream' | 'kind'>,
  { failure, hasReplied, isUnprocessed, isPermanent }: Failed,
): void {
  if (hasReplied) upstream.whyUnreachable = undefined;
  // A call asks the system itself, which can always be reached.
  else if (kind !== 'call' && !isUnprocessed && !isPermanent) upstream.whyUnreachable = failure;
}

/**
 * Describes the outage of all upstreams.
 *
 * @param silenceLimit milliseconds of silence after which an upstream that has never answered is given up.
 * @returns undefined if one of them can be reached, or if that is not known.
 */
export function outageOf(
  upstreams: readonly Pick<Upstream, 'whyUnreachable' | 'health'>[],
  silenceLimit: number,
  now: number,
): Outage | undefined {
  const reasons = upstreams.flatMap(({ whyUnreachable }) => whyUnreachable ?? []);
  const [first, ...others] = reasons;
  if (first === undefined || reasons.length < upstreams.length) return undefined;
  const remaining = upstreams.reduce(
    (most, { health }) => Math.max(most, untilGivenUp(health, silenceLimit, now)),
    0,
  );
  if (others.length === 0) return { reasons: [first], remaining };
  const rest = others.length === 1 ? 'the other server fails' : `${others.length} other servers fail`;
  return { reasons: [`${first}, and ${rest}, too`, first], remaining };
}
