import type { Candidate } from '../../names/candidate.js';
import { openProber } from '../../probe/prober.js';
import type { ProbeResult } from '../../probe/result.js';
import type { ConfirmAll } from '../../rdap/open.js';
import { asCompleted } from '../../util/as-completed.js';
import type { ServerOptions } from './option-groups/servers.js';

/** What a run tells the other stages. */
export interface Listeners {
  /** Is called for each candidate before it is probed. */
  readonly expect: (candidate: Candidate) => void;
  /** Prints a message to the user. */
  readonly report: (message: string) => void;
}

/**
 * Probes candidates, and confirms the results if registries are to be asked.
 *
 * @param verbose whether each server and each query that is repeated are reported.
 * @param signal ends the iteration.
 * @throws any error of `candidates`, or the signal's reason.
 */
export async function* probeAll(
  candidates: AsyncIterable<Iterable<Candidate>>,
  options: ServerOptions & { readonly verbose: boolean },
  confirmAll: ConfirmAll | undefined,
  { expect, report }: Listeners,
  signal: AbortSignal,
): AsyncGenerator<readonly ProbeResult[], void, undefined> {
  const { servers, concurrency, timeout, tries, verbose } = options;
  const log = verbose ? report : undefined;
  const prober = openProber({ ...options, log, note: report });
  const limits = `at most ${concurrency} names at once, ${timeout / 1000} s for one try, ${tries} tries for one question`;
  log?.(`asking ${servers.map(({ url }) => url).join(', ')}; ${limits}`);
  const room = () => Math.min(concurrency, prober.capacity());
  try {
    const probed = asCompleted(announced(candidates, expect), room, prober.probe, signal);
    yield* confirmAll?.(probed, signal) ?? probed;
  } finally {
    prober.close();
  }
}

/** Passes on batches of candidates, and calls a function for each candidate that is pulled. */
async function* announced(
  batches: AsyncIterable<Iterable<Candidate>>,
  expect: (candidate: Candidate) => void,
): AsyncGenerator<Iterable<Candidate>, void, undefined> {
  for await (const batch of batches) yield announcedBatch(batch, expect);
}

function* announcedBatch(
  batch: Iterable<Candidate>,
  expect: (candidate: Candidate) => void,
): Generator<Candidate, void, undefined> {
  for (const candidate of batch) {
    expect(candidate);
    yield candidate;
  }
}
