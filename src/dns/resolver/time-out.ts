import { timeOf } from './attempt.js';
import type { Attempt } from './question.js';
import { expectedWithin, type RoundTripTime } from './round-trip-time.js';

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

/** The longest wait, and the longest time from one attempt to the next, in milliseconds. */
const longestWait = 1000;

/**
 * Computes how long the reply to an attempt is waited for before it counts as lost.
 *
 * @param shared the round trips to all upstreams, if there are many: with few samples of each, a busy moment of the line that they
 * share would count as a loss.
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
  const first =
    own === undefined ? (others === undefined ? initial : 2 * others) : Math.max(own, others ?? 0);
  return Math.min(Math.max(first, least), longestWait, timeout);
}

/**
 * The first pauses are short, since a lost datagram is the usual reason for a second attempt; the later ones double, so
 * that a silence of half a second does not use up all attempts.
 */
const backOff = 1.3;
const shortPauses = 3;

/**
 * Computes the pause after an attempt that was lost, in which others are asked instead: the next one follows after more and more
 * time.
 *
 * @param number that of the attempt; 1 is the first.
 * @param wait how long its reply was waited for, in milliseconds.
 * @returns milliseconds.
 */
export const pauseAfterLoss = (number: number, wait: number): number =>
  Math.max(Math.min(wait * growth(number), longestWait) - wait, 0);

/** How many times as much time as after the first attempt there is until the next one. */
const growth = (number: number): number =>
  backOff ** (Math.min(number, shortPauses) - 1) * 2 ** Math.max(number - shortPauses, 0);

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
