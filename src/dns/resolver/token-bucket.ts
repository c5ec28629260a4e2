/** A token bucket: each query takes a token, and tokens are added at a steady rate. */
export interface TokenBucket {
  /** Tokens a second; infinite for no limit. */
  rate: number;
  tokens: number;
  /** When tokens were last added: milliseconds, on the clock of the platform. */
  filledAt: number;
}

/** Creates a bucket with one token in it. */
export const createTokenBucket = (rate: number): TokenBucket => ({
  rate,
  tokens: 1,
  filledAt: Number.NEGATIVE_INFINITY,
});

/**
 * Adds the tokens that are due. The bucket has room for at least one.
 *
 * @param burst the most tokens, as milliseconds at the rate.
 */
export function refill(bucket: TokenBucket, burst: number, now: number): void {
  if (bucket.rate === Number.POSITIVE_INFINITY) return;
  const perMillisecond = bucket.rate / 1000;
  const capacity = Math.max(perMillisecond * burst, 1);
  // Before the first refill, the elapsed time is infinite.
  bucket.tokens = Math.min(bucket.tokens + perMillisecond * Math.min(now - bucket.filledAt, 1e9), capacity);
  bucket.filledAt = now;
}

/** A whole token, less a rounding error. */
const wholeToken = 1 - 1e-9;

/** Whether there is a token. */
export const hasToken = ({ rate, tokens }: TokenBucket): boolean =>
  rate === Number.POSITIVE_INFINITY || tokens >= wholeToken;

/** Takes a token. If there is none, the bucket owes one. */
export function takeToken(bucket: TokenBucket): void {
  if (bucket.rate !== Number.POSITIVE_INFINITY) bucket.tokens--;
}

/** The shortest wait, in milliseconds: timers are no more precise. */
const leastWait = 1;

/** Milliseconds to wait for a token, as of the last refill. */
export const untilToken = ({ rate, tokens }: TokenBucket): number =>
  rate === Number.POSITIVE_INFINITY ? 0 : Math.max(((1 - tokens) / rate) * 1000, leastWait);
