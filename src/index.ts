import { type LibraryOptions, openLibraryProber } from './library/open-prober.js';
import { describe, type ProbeOptions, readProbeOptions, wrongType } from './library/probe-options.js';
import { probeShared } from './library/shared-prober.js';
import { type Candidate, parseWholeName } from './names/candidate.js';
import type { ProbeResult } from './probe/result.js';
import { roomFor } from './probe/room.js';
import { unknownResult } from './probers/unknown-result.js';
import { asCompleted, inBatches } from './util/as-completed.js';
import { onAbort } from './util/on-abort.js';

export type { ProbeOptions } from './library/probe-options.js';
export type { ProbeResult, Registration, Status } from './probe/result.js';

type Names = Iterable<string> | AsyncIterable<string>;

/**
 * Finds out what the DNS knows about one name, and the registries if they are to confirm it. Calls that overlap and have equal
 * options share their sockets, their canaries and their limits, so many names may be probed in parallel.
 *
 * @param name a whole domain name, in Unicode or in its ASCII form (RFC 5891); a text that is not one comes back as
 * `unknown`.
 * @returns the result; a name without an answer has the status `unknown` and does not reject.
 * @throws TypeError if an option is not known or has the wrong type; RangeError if it is out of its range, or names a file that
 * cannot be used; the signal's reason if it is aborted.
 */
export async function probe(name: string, options: ProbeOptions = {}): Promise<ProbeResult> {
  const { proberOptions, signal } = readProbeOptions(options);
  if (signal?.aborted) throw signal.reason;
  return probeText(name, (candidate) => probeShared(candidate, proberOptions, signal));
}

/**
 * Finds out what the DNS knows about many names, and yields each result when it is known. Names are pulled only when
 * there is room for them, so an endless source needs no more memory than a short one. Leaving the loop stops the work
 * in flight.
 *
 * @param names whole domain names; a text that is not one comes back as `unknown` and does not end the stream.
 * @throws TypeError at once if an option is not known or it or `names` has the wrong type; RangeError at once if an option is out
 * of its range; while iterating, the signal's reason if it is aborted, a RangeError if `rdapBootstrap` cannot be used, or, after the
 * results of all names that were pulled, an error of `names`.
 */
export function probeAll(
  names: Names,
  options: ProbeOptions = {},
): AsyncGenerator<ProbeResult, void, undefined> {
  const { proberOptions, signal } = readProbeOptions(options);
  if (!isIterable(names)) throw wrongType('names', 'an iterable or async iterable of names', names);
  return probeEach(names, proberOptions, signal);
}

async function* probeEach(
  names: Names,
  options: LibraryOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProbeResult, void, undefined> {
  const prober = openLibraryProber(options);
  const stop = new AbortController();
  const abort = () => {
    // Closes the sockets at once, even if nobody asks for another result.
    prober.close();
    stop.abort(signal?.reason);
  };
  const forget = signal && onAbort(signal, abort);
  if (signal?.aborted) abort();
  const room = () => roomFor(prober, options.concurrency);
  const work = (name: string, onRoom: () => void) =>
    probeText(name, (candidate) => prober.probe(candidate, onRoom));
  try {
    for await (const results of asCompleted(inBatches(names), room, work, stop.signal)) yield* results;
  } finally {
    forget?.();
    prober.close();
  }
}

/** Probes a name, or returns why it is not one. */
async function probeText(
  name: string,
  probeName: (candidate: Candidate) => Promise<ProbeResult>,
): Promise<ProbeResult> {
  // A program without types may pass anything.
  if (typeof name !== 'string') return notAName(toText(name), `expected a string, got ${describe(name)}`);
  const candidate = parseWholeName(name);
  return 'problem' in candidate ? notAName(name, candidate.problem) : probeName(candidate);
}

/** Converts any value to a string. */
function toText(name: unknown): string {
  try {
    return String(name);
  } catch {
    return Object.prototype.toString.call(name);
  }
}

const notAName = (name: string, reason: string): ProbeResult => ({
  ...unknownResult({ name, word: '', tld: '' }, reason),
  evidence: [],
});

const isIterable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);
