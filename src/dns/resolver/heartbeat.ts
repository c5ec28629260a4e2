import type { CancelTimer } from '../../util/clock.js';
import type { Outcome } from '../transport/transport.js';
import type { Question } from '../wire/query.js';
import { countAnswer, countFailure, countForgotten, countLoss } from './attempt.js';
import { isHeartbeatDue, recordHeartbeat, recordMissedHeartbeat } from './health.js';
import { type Attempt, createPendingQuestion } from './question.js';
import type { RoundTripTime } from './round-trip-time.js';
import { waitFor } from './time-out.js';
import type { Upstream } from './upstream.js';
import type { Upstreams } from './upstreams.js';

/** Asks silent upstreams a question that every server can answer, if only with a refusal. */
export interface Heartbeats {
  /** Sends a heartbeat to each upstream to which one is due, as soon as the limiter allows it. */
  send(upstreams: readonly Upstream<Attempt>[], now: number): void;
  /** Stops waiting for replies. */
  close(): void;
}

/** While names wait for tokens of the limiter, heartbeats take at most one token in this many. */
const tokensPerHeartbeat = 10;

/** Asks for the name servers of the root: every server knows them, or refuses to say. */
const question: Question = { name: '', type: 'NS' };

/**
 * Creates heartbeats.
 *
 * @param shared the round trips to all upstreams, if there are many.
 * @param settledOne is called after the outcome of each heartbeat.
 */
export function createHeartbeats(
  { platform: { clock, random }, timeout, limiter, send }: Upstreams,
  shared: RoundTripTime | undefined,
  settledOne: () => void,
): Heartbeats {
  const timers = new Map<Attempt, CancelTimer>();
  /** The last heartbeat to each upstream, to which a late reply still counts. */
  const last = new Map<Upstream<Attempt>, Attempt>();
  /** The upstreams to which a heartbeat is still to be sent. */
  const waiting = new Set<Upstream<Attempt>>();
  /** When the next heartbeat may wait for a token, which it gets before names do. */
  let waitsFrom = Number.NEGATIVE_INFINITY;

  const end = (attempt: Attempt): boolean => {
    timers.get(attempt)?.();
    return timers.delete(attempt);
  };

  const settled = (attempt: Attempt, outcome: Outcome) => {
    const wasExpected = end(attempt);
    const now = clock.now();
    attempt.outcome = outcome;
    // A truncated reply counts as well.
    if ('reply' in outcome || outcome.isTruncated) countAnswer(attempt, now);
    else countFailure(attempt, outcome, now);
    if (wasExpected) recordMissedHeartbeat(attempt.upstream.health, now, random);
    settledOne();
  };

  const miss = (attempt: Attempt) => {
    end(attempt);
    const now = clock.now();
    countLoss(attempt, now);
    recordMissedHeartbeat(attempt.upstream.health, now, random);
    settledOne();
  };

  const sendTo = (upstream: Upstream<Attempt>, now: number) => {
    const before = last.get(upstream);
    if (before && before.outcome === undefined) {
      end(before);
      countForgotten(before, now);
    }
    const pending = createPendingQuestion(question, undefined, () => {}, settled);
    const attempt = send(pending, upstream, now);
    last.set(upstream, attempt);
    const wait = waitFor(attempt, shared, timeout);
    timers.set(
      attempt,
      clock.setTimer(wait, () => miss(attempt)),
    );
  };

  /** Sends the next heartbeat. Returns false if there is none, or if the limiter does not allow it. */
  const sendOne = (now: number): boolean => {
    const [upstream] = waiting;
    if (upstream === undefined || !limiter.tryTake()) return false;
    waiting.delete(upstream);
    sendTo(upstream, now);
    return true;
  };

  const waiter = { hasPriority: () => true, dispatch: () => void sendOne(clock.now()) };

  return {
    send(upstreams, now) {
      for (const upstream of upstreams) {
        if (!isHeartbeatDue(upstream.health, now)) continue;
        recordHeartbeat(upstream.health, now);
        waiting.add(upstream);
      }
      for (let isSent = true; isSent; ) isSent = sendOne(now);
      if (waiting.size === 0 || now < waitsFrom) return;
      waitsFrom = now + (tokensPerHeartbeat / limiter.rate) * 1000;
      limiter.wait(waiter);
    },
    close() {
      waiting.clear();
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
