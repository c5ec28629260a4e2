/** Lets so many through a second, evenly, and what was missed for a moment after it. */
export interface Limiter {
  /** Sets the limit, in queries a second; infinite for none. */
  rate: number;
  /** How many may go now. */
  allowance(now: number): number;
  take(): void;
}

/** Milliseconds that may be made up for in one burst; more than the steps of the timer that looks after it. */
const burst = 50;
/** Milliseconds between two looks, for which a low rate would lose its credit otherwise. */
const step = 10;

/** @param rate queries a second; infinite for no limit. */
export function openLimiter(rate: number): Limiter {
  let credit = 1;
  let creditedAt = Number.NEGATIVE_INFINITY;
  return {
    rate,
    allowance(now) {
      if (this.rate === Number.POSITIVE_INFINITY) return this.rate;
      const perMillisecond = this.rate / 1000;
      const most = Math.max(perMillisecond * burst, 1 + perMillisecond * step);
      credit = Math.min(credit + perMillisecond * Math.min(now - creditedAt, 1e6), most);
      creditedAt = now;
      return Math.floor(credit);
    },
    take() {
      if (this.rate !== Number.POSITIVE_INFINITY) credit--;
    },
  };
}
