/** The round-trip time of one upstream, and the retransmission time-out that follows from it (RFC 6298). */
export interface RoundTripTime {
  /** Takes a measured round trip into account, in milliseconds. */
  record(sample: number): void;
  /** Whether there is a sample. */
  isKnown(): boolean;
  /** The shortest sample, in milliseconds; infinite before the first one. */
  shortest(): number;
  /** Whether round trips take half as long again as the shortest: more queries in flight would only queue up. */
  isCongested(): boolean;
  /** Milliseconds after which a first query counts as lost. */
  timeout(): number;
  /** An estimate of the median of all samples, in milliseconds; undefined before the first one. */
  median(): number | undefined;
}

/** The time-out before the first sample: most resolvers answer sooner, even if they have to look the name up. */
const initialTimeout = 400;
/** The shortest time-out: with less, a busy moment at either end would count as a loss. */
const minimumTimeout = 40;

/** The share of the median by which a sample above or below it moves it. */
const medianStep = 0.02;

/** Creates an estimator without samples. */
export function createRoundTripTime(): RoundTripTime {
  let smoothed: number | undefined;
  let variation = 0;
  let shortest = Number.POSITIVE_INFINITY;
  let median: number | undefined;
  return {
    record(sample) {
      shortest = Math.min(shortest, sample);
      // As many samples move it up as down when half of them are above it.
      median = median === undefined ? sample : median * (1 + Math.sign(sample - median) * medianStep);
      if (smoothed === undefined) {
        smoothed = sample;
        variation = sample / 2;
      } else {
        variation += (Math.abs(smoothed - sample) - variation) / 4;
        smoothed += (sample - smoothed) / 8;
      }
    },
    median: () => median,
    isKnown: () => smoothed !== undefined,
    shortest: () => shortest,
    isCongested: () => smoothed !== undefined && smoothed > 1.5 * shortest,
    timeout: () =>
      smoothed === undefined ? initialTimeout : Math.max(smoothed + 4 * variation, minimumTimeout),
  };
}
