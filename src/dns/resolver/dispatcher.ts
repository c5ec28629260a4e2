// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';
import type { Attempt, PendingQuestion } from './attempt.js';
import { createChooser } from './next-upstream.js';
import { createQueue } from './queue.js';
import { createRateLimiter } from './rate-limiter.js';
import type { Upstream } from './upstream.js';

/** Sends questions when an upstream has room for them. */
export interface Dispatcher {
  /** Queues a question. At the end of this turn of the event loop, as many questions are sent as there is room for. */
  enqueue(pending: PendingQuestion): void;
  /** Sends as many questions as there is room for now. */
  dispatch(): void;
  /** Whether no question waits to be sent. */
  isIdle(): boolean;
  /** Drops all questions that wait to be sent. */
  clear(): void;
}

/** The most queries sent in one turn of the event loop: more would overflow the receive buffer of a server. */
const maximumBurst = 128;

/**
 * Creates a dispatcher. It sends queries together, once a turn, which costs less than sending them one by one.
 *
 * @param rate queries a second to all upstreams together; infinite for no limit.
 * @param send sends a question; `now` is in milliseconds, on the clock of `performance.now`.
 */
export function createDispatcher(
  upstreams: readonly Upstream<Attempt>[],
  rate: number,
  send: (pending: PendingQuestion, upstream: Upstream<Attempt>, now: number) => void,
): Dispatcher {
  const queue = createQueue<PendingQuestion>();
  const limiter = createRateLimiter(rate);
  let isScheduled = false;

  const schedule = () => {
    if (!isScheduled) setImmediate(dispatch);
    isScheduled = true;
  };

  const dispatch = () => {
    isScheduled = false;
    const now = performance.now();
    const choose = createChooser(upstreams, now);
    let sent = 0;
    queue.offer((pending) => {
      if (!pending.isSettled) {
        const maySend = sent < maximumBurst && limiter.allowance(now) >= 1;
        const upstream = maySend ? choose(pending) : undefined;
        if (upstream === undefined) return false;
        limiter.take();
        send(pending, upstream, now);
        sent++;
      }
      pending.isQueued = false;
      return true;
    });
    if (sent === maximumBurst) schedule();
  };

  return {
    enqueue(pending) {
      pending.isQueued = true;
      queue.add(pending, pending.attempts.length > 0);
      schedule();
    },
    dispatch,
    isIdle: queue.isEmpty,
    clear: queue.clear,
  };
}
