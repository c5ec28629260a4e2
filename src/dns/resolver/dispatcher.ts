import type { CancelTimer } from '../../util/clock.js';
import { oncePerTurn } from '../../util/once-per-turn.js';
import { goesAlone } from './attempt.js';
import { type Attempt, type PendingQuestion, putAside } from './question.js';
import { createQueue } from './queue.js';
import type { Selector } from './selector/index.js';
import { readyAt, type Upstream } from './upstream.js';
import type { Upstreams } from './upstreams.js';

/** Sends each question as soon as an upstream may be sent it. */
export interface Dispatcher {
  /** Adds a question. At the end of this turn of the event loop, the questions that may be sent are sent. */
  enqueue(pending: PendingQuestion): void;
  /** Dispatches again at the end of this turn, if a question waits. */
  schedule(): void;
  /** Sends as many questions as may be sent now. */
  dispatch(): void;
  /** Whether no question waits to be sent. */
  isEmpty(): boolean;
  /** Drops all questions that wait to be sent. */
  close(): void;
}

/** The actions of a dispatcher. */
export interface DispatchActions {
  send(pending: PendingQuestion, upstream: Upstream<Attempt>, now: number): void;
  /** Fails a question for which no upstream is left. */
  fail(pending: PendingQuestion, now: number): void;
  /** Is called when the last question that waited has been sent. */
  readonly drained?: (() => void) | undefined;
}

/** The most queries that are sent in one turn of the event loop: more could overflow the receive buffer of a server. */
const maximumBurst = 128;

/** Creates a dispatcher. It sends all queries of a turn together, which takes less time than one by one. */
export function createDispatcher(
  { platform: { clock, random }, limiter }: Upstreams,
  upstreams: readonly Upstream<Attempt>[],
  selector: Selector,
  { send, fail, drained }: DispatchActions,
): Dispatcher {
  const queue = createQueue(random);
  const waiter = { hasPriority: queue.hasPriority, dispatch };
  const dispatchSoon = oncePerTurn(clock, dispatch);
  let isClosed = false;
  let cancelWake: CancelTimer = () => {};

  function dispatch(): void {
    if (isClosed || queue.isEmpty()) return;
    const now = clock.now();
    let left = maximumBurst;
    let isLimited = false;
    let areSomeAlone = false;

    const accept = (pending: PendingQuestion): boolean => {
      if (pending.isSettled) return true;
      // A question may first ask for priority questions, such as canaries: then one query more than the burst is sent.
      if (left <= 0 || isLimited) return false;
      const upstream = selector.choose(pending, now);
      if (upstream === undefined) return giveUpIfExhausted(pending, now);
      const isAlone = goesAlone(pending, upstream);
      areSomeAlone ||= isAlone;
      isLimited = !limiter.hasToken();
      if (isLimited || (isAlone && left < maximumBurst)) return false;
      pending.policy?.sending?.(upstream.server.url);
      queue.offerNewPriority(accept);
      isLimited ||= !limiter.tryTake();
      if (isLimited) return false;
      left = isAlone ? 0 : left - 1;
      pending.isQueued = false;
      send(pending, upstream, now);
      return true;
    };

    queue.offer(accept);
    if (queue.isEmpty()) drained?.();
    else if (isLimited) limiter.wait(waiter);
    else if (left <= 0 || areSomeAlone) dispatchSoon();
    else wakeWhenReady(now);
  }

  const giveUpIfExhausted = (pending: PendingQuestion, now: number): boolean => {
    if (!selector.isExhausted(pending, now)) return false;
    fail(pending, now);
    return true;
  };

  /** Dispatches again when the rate of an upstream allows another query, or its pause is over. */
  const wakeWhenReady = (now: number) => {
    const at = upstreams.reduce((least, upstream) => Math.min(least, readyAt(upstream, now)), Infinity);
    cancelWake();
    if (at !== Number.POSITIVE_INFINITY) cancelWake = clock.setTimer(at - now, dispatchSoon);
  };

  return {
    enqueue(pending) {
      putAside(pending);
      queue.add(pending);
      dispatchSoon();
    },
    schedule() {
      if (!queue.isEmpty()) dispatchSoon();
    },
    dispatch,
    isEmpty: queue.isEmpty,
    close() {
      isClosed = true;
      cancelWake();
      queue.clear();
    },
  };
}
