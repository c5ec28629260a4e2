/** A token bucket: a query takes a token, and tokens come back at a steady rate. */
export interface RateLimiter {
  /** Queries a second; infinite for no limit. */
  rate: number;
  /** @returns how many queries may be sent now; `now` is in milliseconds, on the clock of `performance.now`. */
  allowance(now: number): number;
  /** Takes a token. */
  take(): void;
}

/** The largest burst, as milliseconds at the rate: longer than the interval between two sweeps of the resolver. */
const burst = 50;
/** Milliseconds between two sweeps. At a low rate, the bucket has room for what is added in this time. */
const sweepInterval = 10;

/**
 * Creates a token bucket with one token in it.
 *
 * @param rate queries a second; infinite for no limit.
 */
export function createRateLimiter(rate: number): RateLimiter {
  let tokens = 1;
  let filledAt = Number.NEGATIVE_INFINITY;
  return {
    rate,
    allowance(now) {
      if (this.rate === Number.POSITIVE_INFINITY) return this.rate;
      const perMillisecond = this.rate / 1000;
      const capacity = Math.max(perMillisecond * burst, 1 + perMillisecond * sweepInterval);
      tokens = Math.min(tokens + perMillisecond * Math.min(now - filledAt, 1e6), capacity);
      filledAt = now;
      return Math.floor(tokens);
    },
    take() {
      if (this.rate !== Number.POSITIVE_INFINITY) tokens--;
    },
  };
}
