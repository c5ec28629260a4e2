import { timeOf } from './attempt.js';
import type { Attempt } from './question.js';
import { expectedWithin, type RoundTripTime } from './round-trip-time.js';

/** Bounds of the wait for the first reply to a question, in milliseconds. */
interface Bounds {
  /** Before the first round trip: most resolvers answer sooner, even if they have to look the name up. */
  readonly initial: number;
  /** With a shorter wait, a busy moment at either end would count as a loss. */
  readonly least: number;
}

/** The bounds by kind of attempt. A stream has to be established first, and the system resends its lost packets. */
const bounds: Readonly<Record<'datagram' | 'stream', Bounds>> = {
  datagram: { initial: 400, least: 40 },
  stream: { initial: 1000, least: 100 },
};

/** The longest wait, and the longest time from one attempt to the next, in milliseconds. */
const longestWait = 1000;

/**
 * Computes how long to wait for the reply to an attempt before it counts as lost.
 *
 * @param shared the round trips to all upstreams, if there are many: with few samples of each, a busy moment of the
 *   line that they share would count as a loss.
 * @param timeout milliseconds that one attempt may take.
 * @returns milliseconds.
 */
export function waitFor(
  attempt: Pick<Attempt, 'upstream' | 'kind' | 'needsStream'>,
  shared: RoundTripTime | undefined,
  timeout: number,
): number {
  const { kind, needsStream } = attempt;
  if (kind === 'call') return Number.POSITIVE_INFINITY;
  const { initial, least } = bounds[kind];
  const own = expectedWithin(timeOf(attempt));
  const others = shared && !needsStream ? expectedWithin(shared) : undefined;
  const unmeasured = others === undefined ? initial : 2 * others;
  const wait = own === undefined ? unmeasured : Math.max(own, others ?? 0);
  return Math.min(Math.max(wait, least), longestWait, timeout);
}

/**
 * The first intervals grow little, since a lost datagram is the usual reason for a second attempt. The later ones double, so
 * that a silence of half a second does not use up all attempts.
 */
const smallGrowth = 1.3;
const shortIntervals = 3;

/**
 * Computes the pause after a lost attempt, in which other questions are asked instead. It grows with each attempt.
 *
 * @param number the number of the attempt; 1 is the first.
 * @param wait how long its reply was waited for, in milliseconds.
 * @returns milliseconds.
 */
export const pauseAfterLoss = (number: number, wait: number): number =>
  Math.max(Math.min(wait * growth(number), longestWait) - wait, 0);

/** The time until the next attempt, as a multiple of that after the first one. */
const growth = (number: number): number =>
  smallGrowth ** (Math.min(number, shortIntervals) - 1) * 2 ** Math.max(number - shortIntervals, 0);

/** The most milliseconds by which replies change their order. */
const reordering = 10;
/** After this many milliseconds without a reply, none is on its way. */
const silence = 20;

/**
 * Whether replies to queries that were sent before an attempt are still coming in. Then its own reply may come after
 * them: the server may be behind, or this process may be behind in reading.
 *
 * @param now milliseconds, on the clock of the platform.
 */
export const isCatchingUp = ({ upstream, sentAt }: Attempt, now: number): boolean =>
  upstream.answeredSentAt <= sentAt + reordering && now - upstream.health.repliedAt < silence;
