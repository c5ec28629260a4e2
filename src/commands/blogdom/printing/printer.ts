import type { Reported } from '../../../formats/format.js';
import type { Candidate } from '../../../names/candidate.js';

/** Prints results in the chosen format. */
export interface Printer {
  /** Shows that a candidate is about to be probed, if the format has a place for it. */
  expect(candidate: Candidate): void;
  /** Shows that a candidate has a result that is not to be printed, if the format has a place for it. */
  leaveOut(candidate: Candidate): void;
  /** Prints results that are now known; resolves when there is room for more. */
  print(results: Iterable<Reported>): Promise<void>;
  /** Prints what can be printed only when the last result is known. */
  end(): Promise<void>;
}
