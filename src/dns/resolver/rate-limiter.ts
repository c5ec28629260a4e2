import type { CancelTimer, Clock } from '../../util/clock.js';
import { createTokenBucket, hasToken, refill, takeToken, untilToken } from './token-bucket.js';

/** Limits the queries of a run, whichever part of it sends them. */
export interface RateLimiter {
  /** Whether a token can be taken: there is one, and nothing else waits for it. */
  hasToken(): boolean;
  /** Takes a token. Returns false if there is none, or if others wait for one. */
  tryTake(): boolean;
  /** Adds a waiter. Those with priority get tokens first, the others in turn. */
  wait(waiter: TokenWaiter): void;
  /** Queries a second. */
  readonly rate: number;
  /** Whether anything waits for a token. */
  isWaitedFor(): boolean;
  /** Drops all waiters. */
  close(): void;
}

/** A sender of queries that waits for a token. */
export interface TokenWaiter {
  /** Whether it has a heartbeat or a priority question to send. */
  hasPriority(): boolean;
  /** Sends queries as long as there are tokens, and waits again if some are left. */
  dispatch(): void;
}

/** The largest burst, as milliseconds at the rate: 25 ms add 2.5 % to the queries of one second, or at least one query. */
const burst = 25;

/**
 * Creates the limiter of a run.
 *
 * @param rate queries a second; infinite for no limit.
 */
export function createRateLimiter(rate: number, clock: Clock): RateLimiter {
  const bucket = createTokenBucket(rate);
  const waiters = new Set<TokenWaiter>();
  let isGranting = false;
  let cancelTimer: CancelTimer | undefined;

  const fill = () => refill(bucket, burst, clock.now());

  const nextWaiter = (): TokenWaiter | undefined => {
    for (const waiter of waiters) if (waiter.hasPriority()) return waiter;
    return waiters.values().next().value;
  };

  const grant = () => {
    cancelTimer = undefined;
    fill();
    isGranting = true;
    for (let waiter = nextWaiter(); waiter && hasToken(bucket); waiter = nextWaiter()) {
      waiters.delete(waiter);
      waiter.dispatch();
    }
    isGranting = false;
    schedule();
  };

  const schedule = () => {
    if (waiters.size > 0) cancelTimer ??= clock.setTimer(untilToken(bucket), grant);
  };

  const isFree = (): boolean => {
    if (rate === Number.POSITIVE_INFINITY) return true;
    if (!isGranting) {
      if (waiters.size > 0) return false;
      fill();
    }
    return hasToken(bucket);
  };

  return {
    rate,
    hasToken: isFree,
    tryTake() {
      if (!isFree()) return false;
      takeToken(bucket);
      return true;
    },
    wait(waiter) {
      waiters.add(waiter);
      if (!isGranting) schedule();
    },
    isWaitedFor: () => waiters.size > 0,
    close() {
      waiters.clear();
      cancelTimer?.();
    },
  };
}
