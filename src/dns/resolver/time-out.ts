import type { Attempt } from './question.js';
import { expectedWithin, type RoundTripTime } from './round-trip-time.js';

/**
 * The first waits grow slowly, since a lost datagram is the usual reason for a second attempt; the later ones double, so
 * that a silence of half a second does not use up all attempts.
 */
const backOff = 1.3;
const slowAttempts = 3;
/** The longest wait, in milliseconds; only the last attempt waits for the whole time limit. */
const longestWait = 1000;

/** Bounds of the wait for the first reply to a question, in milliseconds. */
interface Bounds {
  /** Before the first round trip: most resolvers answer sooner, even if they have to look the name up. */
  readonly initial: number;
  /** With less, a busy moment at either end would count as a loss. */
  readonly least: number;
}

/** A stream has to be established first, and the system sends lost packets of it again. */
const bounds: Readonly<Record<'datagram' | 'stream', Bounds>> = {
  datagram: { initial: 400, least: 40 },
  stream: { initial: 1000, least: 100 },
};

/**
 * Computes how long the reply to an attempt is waited for before the question is asked again.
 *
 * @param shared the round trips to all upstreams, if there are many: with few samples of each, a busy moment of the line that they
 * share would count as a loss.
 * @param timeout milliseconds that one attempt may take.
 * @returns milliseconds.
 */
export function waitFor(
  { upstream: { roundTripTime }, number, kind }: Pick<Attempt, 'upstream' | 'number' | 'kind'>,
  shared: RoundTripTime | undefined,
  timeout: number,
): number {
  if (kind === 'call') return Number.POSITIVE_INFINITY;
  const { initial, least } = bounds[kind];
  const own = expectedWithin(roundTripTime);
  const others = shared && expectedWithin(shared);
  const first =
    own === undefined ? (others === undefined ? initial : 2 * others) : Math.max(own, others ?? 0);
  const wait = Math.max(first, least) * growthOfWait(number);
  return Math.min(wait, longestWait, timeout);
}

/** Replies that come in a different order than their queries were sent are at most this late, in milliseconds. */
const reordering = 10;
/** After so many milliseconds without a reply, none is on its way. */
const silence = 20;

/**
 * Whether replies to queries that were sent before an attempt are still coming in. Then its own reply may come after them: the
 * server may be behind, or this process may be behind in reading.
 *
 * @param now milliseconds, on the clock of the platform.
 */
export const isCatchingUp = ({ upstream, sentAt }: Attempt, now: number): boolean =>
  upstream.answeredSentAt <= sentAt + reordering && now - upstream.health.repliedAt < silence;

/** How many times as long as for the first attempt the wait for this one is. */
const growthOfWait = (attempt: number): number =>
  backOff ** (Math.min(attempt, slowAttempts) - 1) * 2 ** Math.max(attempt - slowAttempts, 0);
