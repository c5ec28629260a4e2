import type { Candidate } from '../../names/candidate.js';
import { mapBatches } from '../../util/map-batches.js';
import type { Batches } from './probe-all.js';

/** Passes on candidates, and reports if there is none because no word ends in a domain. */
export async function* reportedIfNone(
  batches: Batches,
  report: (message: string) => void,
): AsyncGenerator<Iterable<Candidate>, void, undefined> {
  let isEmpty = true;
  yield* mapBatches(batches, (candidate) => {
    isEmpty = false;
    return candidate;
  });
  if (isEmpty) report('no word ends in one of these domains: nothing to look up');
}
