/** How long to wait for a reply before asking again, from the round trips seen (RFC 6298). */
export interface RoundTrip {
  /** Takes in one measured round trip, in milliseconds. */
  measured(sample: number): void;
  /** Whether any was measured. */
  known(): boolean;
  /** Milliseconds of the shortest one; infinite before any was measured. */
  shortest(): number;
  /** Whether they take half as long again as the shortest: more queries at once would only wait for each other. */
  congested(): boolean;
  /** Milliseconds after which a first query is taken for lost. */
  timeout(): number;
}

/** Without any sample: most resolvers answer sooner even a name that they have to look up themselves. */
const initialTimeout = 400;
/** Below this a busy moment of either side would pass for a loss. */
const minimumTimeout = 40;

export function trackRoundTrips(): RoundTrip {
  let smoothed: number | undefined;
  let variation = 0;
  let shortest = Number.POSITIVE_INFINITY;
  return {
    measured(sample) {
      shortest = Math.min(shortest, sample);
      if (smoothed === undefined) {
        smoothed = sample;
        variation = sample / 2;
      } else {
        variation += (Math.abs(smoothed - sample) - variation) / 4;
        smoothed += (sample - smoothed) / 8;
      }
    },
    shortest: () => shortest,
    congested: () => smoothed !== undefined && smoothed > 1.5 * shortest,
    known: () => smoothed !== undefined,
    timeout: () =>
      smoothed === undefined ? initialTimeout : Math.max(smoothed + 4 * variation, minimumTimeout),
  };
}
