import type { Candidate } from '../../names/candidate.js';
import type { Batches } from './probe-all.js';

/** Passes on candidates, and reports if there is none because no word ends in a domain. */
export async function* reportedIfNone(
  batches: Batches,
  report: (message: string) => void,
): AsyncGenerator<Iterable<Candidate>, void, undefined> {
  let isEmpty = true;
  const noted = function* (batch: Iterable<Candidate>) {
    for (const candidate of batch) {
      isEmpty = false;
      yield candidate;
    }
  };
  for await (const batch of batches) yield noted(batch);
  if (isEmpty) report('no word ends in one of these domains: nothing to look up');
}
