import type { Pending } from './attempt.js';
import { hasRoom, type Lane } from './upstream.js';

/** Each further wait is this much longer, so that a server in trouble is asked less and less. */
const backOff = 1.3;
/** Milliseconds until another try at most; only the last try waits for the whole time-out. */
const longestWait = 1000;

/** How long to wait at the most. */
interface Limits {
  /** Milliseconds that one try may take. */
  readonly timeout: number;
  /** Queries for one question. */
  readonly tries: number;
}

/**
 * Tells whether the last try of a question took too long: longer than the server's round trips let expect, or, at
 * the end of a run, than another server that has nothing left to do would take.
 */
export function openOverdue(lanes: readonly Lane[], { timeout, tries }: Limits) {
  /** Milliseconds in which a server with nothing left to do would answer. */
  const fastestIdle = (now: number): number => {
    const idle = lanes.filter((lane) => !lane.distrusted && lane.silences === 0 && lane.inFlight === 0);
    return Math.min(...idle.filter((lane) => hasRoom(lane, now)).map(({ roundTrip }) => roundTrip.timeout()));
  };

  /** @param atEnd whether nothing waits for its turn. */
  return (pending: Pending, now: number, atEnd: boolean): boolean => {
    const { attempts } = pending;
    const attempt = attempts.at(-1);
    if (pending.queued || attempt === undefined || attempt.lane.transport.keepsTime) return false;
    const { lane, sentAt, reliable } = attempt;
    const waited = now - sentAt;
    const longest = reliable ? timeout : Math.min(longestWait, timeout);
    // What nearly every look at a question comes to.
    if (!atEnd && waited < Math.min(lane.roundTrip.timeout(), longest)) return false;
    const patience = lane.roundTrip.timeout() * backOff ** (attempts.length - 1);
    if (waited >= (reliable ? timeout : Math.min(patience, longest))) return true;
    return atEnd && lanes.length > 1 && attempts.length < tries && waited > 2 * fastestIdle(now);
  };
}
