// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';
import type { Attempt, PendingQuestion } from './attempt.js';
import { createChooser, nextUpstream } from './next-upstream.js';
import { createQueue } from './queue.js';
import { createRateLimiter } from './rate-limiter.js';
import type { Ring } from './ring.js';
import type { Upstream } from './upstream.js';

/** Sends questions when an upstream has room for them. */
export interface Dispatcher {
  /** Queues a question. At the end of this turn of the event loop, as many questions are sent as there is room for. */
  enqueue(pending: PendingQuestion): void;
  /** Queues a question that is asked again after a pause, at the first `sweep` at or after its `notBefore`. */
  delay(pending: PendingQuestion): void;
  /** Ends the pauses that are over, and sends as many questions as there is room for now. */
  sweep(now: number): void;
  /** How many questions are asked again after a pause. */
  delayed(): number;
  /** Whether no question waits to be sent. */
  isIdle(): boolean;
  /** Whether a question waits for the limit on queries a second. */
  isLimited(now: number): boolean;
  /** Drops all questions that wait to be sent. */
  clear(): void;
}

/** What a dispatcher does with a question; `now` is in milliseconds, on the clock of `performance.now`. */
export interface DispatchActions {
  send(pending: PendingQuestion, upstream: Upstream<Attempt>, now: number): void;
  /** Fails a question that no living upstream is left for. */
  giveUp(pending: PendingQuestion, now: number): void;
}

/** The most queries sent in one turn of the event loop: more would overflow the receive buffer of a server. */
const maximumBurst = 128;

/**
 * Creates a dispatcher. It sends queries together, once a turn, which costs less than sending them one by one.
 *
 * @param ring chooses among very many upstreams; undefined if there are few.
 * @param rate queries a second to all upstreams together; infinite for no limit.
 */
export function createDispatcher(
  upstreams: readonly Upstream<Attempt>[],
  ring: Ring<Upstream<Attempt>> | undefined,
  rate: number,
  { send, giveUp }: DispatchActions,
): Dispatcher {
  const queue = createQueue<PendingQuestion>();
  const limiter = createRateLimiter(rate);
  let delayed: PendingQuestion[] = [];
  let isScheduled = false;

  const schedule = () => {
    if (!isScheduled) setImmediate(run);
    isScheduled = true;
  };

  const run = () => {
    isScheduled = false;
    dispatch(performance.now());
  };

  const dispatch = (now: number) => {
    const choose = ring
      ? ({ attempts, route }: PendingQuestion) => ring.choose(attempts, route, now)
      : createChooser(upstreams, now);
    const isAlive = ({ health }: Upstream) => !health.isDead(now);
    let sent = 0;
    queue.offer((pending) => {
      if (pending.isSettled) {
        pending.isQueued = false;
        return true;
      }
      if (sent === maximumBurst || limiter.allowance(now) < 1) return false;
      const upstream = choose(pending);
      if (upstream !== undefined) {
        limiter.take();
        send(pending, upstream, now);
        sent++;
      } else if (nextUpstream(upstreams, pending.attempts, pending.route, isAlive) === undefined) {
        giveUp(pending, now);
      } else {
        return false;
      }
      pending.isQueued = false;
      return true;
    });
    if (sent === maximumBurst) schedule();
  };

  const enqueue = (pending: PendingQuestion) => {
    pending.isQueued = true;
    queue.add(pending, pending.attempts.length > 0);
    schedule();
  };

  return {
    enqueue,
    delay(pending) {
      pending.isQueued = true;
      delayed.push(pending);
    },
    sweep(now) {
      if (delayed.length > 0) {
        const due = delayed.filter(({ notBefore }) => notBefore <= now);
        if (due.length > 0) delayed = delayed.filter(({ notBefore }) => notBefore > now);
        for (const pending of due) if (!pending.isSettled) queue.add(pending, true);
      }
      dispatch(now);
    },
    delayed: () => delayed.length,
    isIdle: () => delayed.length === 0 && queue.isEmpty(),
    isLimited: (now) => !queue.isEmpty() && limiter.allowance(now) < 1,
    clear() {
      delayed = [];
      queue.clear();
    },
  };
}
