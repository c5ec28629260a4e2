import type { CancelTimer, Clock } from '../../util/clock.js';
import { createTokenBucket, hasToken, refill, takeToken, untilToken } from './token-bucket.js';

/** Limits the queries of a run, whoever sends them. */
export interface RateLimiter {
  /** Whether a token can be taken: there is one, and nobody else waits for it. */
  hasToken(): boolean;
  /** Takes a token. Returns false if there is none, or if others wait for it. */
  tryTake(): boolean;
  /** Lets somebody wait for a token. Those with a canary to send come first, the others in turn. */
  wait(waiter: Waiter): void;
  /** Queries a second. */
  readonly rate: number;
  /** Whether somebody waits for a token. */
  isWaitedFor(): boolean;
  /** Forgets all who wait. */
  close(): void;
}

/** Somebody who waits for a token. */
export interface Waiter {
  /** Whether a canary is among the queries that it has to send. */
  hasCanary(): boolean;
  /** Sends what it has to send, as far as there are tokens, and waits again if something is left. */
  dispatch(): void;
}

/**
 * The largest burst, as milliseconds at the rate: 25 ms add 2.5 % to the rate in one second. A bucket holds at least one token,
 * so that it may also be one query more.
 */
const burst = 25;

/**
 * Creates the limiter of a run.
 *
 * @param rate queries a second; infinite for no limit.
 */
export function createRateLimiter(rate: number, clock: Clock): RateLimiter {
  const bucket = createTokenBucket(rate);
  const waiters = new Set<Waiter>();
  let isGranting = false;
  let cancelTimer: CancelTimer | undefined;

  const fill = () => refill(bucket, burst, clock.now());

  const nextWaiter = (): Waiter | undefined => {
    for (const waiter of waiters) if (waiter.hasCanary()) return waiter;
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
