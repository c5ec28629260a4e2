/** Estimates of the round-trip time of one upstream, in milliseconds (RFC 6298 section 2). */
export interface RoundTripTime {
  /** The smoothed round-trip time; undefined before the first sample. */
  smoothed: number | undefined;
  variation: number;
  /** The shortest sample; infinite before the first one. */
  shortest: number;
  /** An estimate of the median of all samples. */
  median: number | undefined;
}

/** The shares by which a sample moves the estimates (RFC 6298 section 2.3). */
const smoothing = 1 / 8;
const variationSmoothing = 1 / 4;
/** The share of the median by which each sample moves it up or down. */
const medianStep = 0.02;
/** Round trips are congested if they take this many times as long as the shortest. */
const congestion = 1.5;

/** Creates an estimate without samples. */
export const createRoundTripTime = (): RoundTripTime => ({
  smoothed: undefined,
  variation: 0,
  shortest: Number.POSITIVE_INFINITY,
  median: undefined,
});

/** Takes a measured round trip into account. */
export function recordRoundTrip(time: RoundTripTime, sample: number): void {
  const { smoothed, median } = time;
  if (sample < time.shortest) time.shortest = sample;
  // At the median, as many samples move it up as down.
  time.median = median === undefined ? sample : median * (1 + Math.sign(sample - median) * medianStep);
  if (smoothed === undefined) {
    time.smoothed = sample;
    time.variation = sample / 2;
  } else {
    time.variation += (Math.abs(smoothed - sample) - time.variation) * variationSmoothing;
    time.smoothed = smoothed + (sample - smoothed) * smoothing;
  }
}

/** Whether round trips take so much longer than the shortest one that more queries in flight would only queue up. */
export const isCongested = ({ smoothed, shortest }: RoundTripTime): boolean =>
  smoothed !== undefined && smoothed > congestion * shortest;

/** The time within which nearly every reply comes (RFC 6298 section 2.3); undefined before the first sample. */
export const expectedWithin = ({ smoothed, variation }: RoundTripTime): number | undefined =>
  smoothed === undefined ? undefined : smoothed + 4 * variation;
