// The global `performance` is a getter, which costs a lookup at each use.
import { performance } from 'node:perf_hooks';

/** Measures the round trip of one query at a time. */
export interface Sampler<Q> {
  /** Records that a query is sent. */
  start(query: Q): void;
  /** Records that a query has an outcome. */
  end(query: Q): void;
  /** The shortest round trip so far, in milliseconds; infinite before the first one. */
  shortest(): number;
}

/** After this many other queries, the query that is measured counts as lost. */
const maximumOthers = 1000;

/** Creates a sampler. */
export function createSampler<Q>(): Sampler<Q> {
  let sample: Q | undefined;
  let startedAt = 0;
  let others = 0;
  let shortest = Number.POSITIVE_INFINITY;
  return {
    start(query) {
      if (sample !== undefined && ++others <= maximumOthers) return;
      sample = query;
      startedAt = performance.now();
      others = 0;
    },
    end(query) {
      if (query !== sample) return;
      sample = undefined;
      shortest = Math.min(shortest, performance.now() - startedAt);
    },
    shortest: () => shortest,
  };
}
