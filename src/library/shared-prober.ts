import pLimit, { type LimitFunction } from 'p-limit';
import type { Candidate } from '../names/candidate.js';
import type { Prober } from '../probe/prober.js';
import type { ProbeResult } from '../probe/result.js';
import { systemClock } from '../util/clock.js';
import { onAbort } from '../util/on-abort.js';
import { oncePerTurn } from '../util/once-per-turn.js';
import { type LibraryOptions, openLibraryProber } from './open-prober.js';

interface SharedProber {
  readonly prober: Prober;
  readonly limit: LimitFunction;
  /** The number of calls that wait for their results. */
  callers: number;
  /** Closes the prober at the end of this turn of the event loop, if it has no callers then. */
  readonly closeIfUnused: () => void;
}

/** The open probers, by their options. */
const open = new Map<string, SharedProber>();

/**
 * Probes one name. Calls that overlap and have equal options share one prober: its sockets, its canaries and its limits.
 * It is opened by the first call and closed soon after the last one has ended.
 *
 * @param signal ends the call. Queries that are in flight for the name go on as long as other calls share the prober.
 * @throws the signal's reason if it fires.
 */
export async function probeShared(
  candidate: Candidate,
  options: LibraryOptions,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  if (signal?.aborted) throw signal.reason;
  const key = JSON.stringify(options);
  const shared = open.get(key) ?? openShared(key, options);
  shared.callers++;
  try {
    // The signal ends both the wait for a place and the probe itself, so that the next name need not wait for this one.
    const start = () => untilAborted(() => shared.prober.probe(candidate), signal);
    return await untilAborted(() => shared.limit(start), signal);
  } finally {
    shared.callers--;
    // A caller that probes one name after the other calls again before this runs, and finds the prober open.
    shared.closeIfUnused();
  }
}

/** Starts work. The result settles as the work does, or rejects with the signal's reason as soon as the signal fires. */
async function untilAborted<Value>(
  start: () => Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return start();
  if (signal.aborted) throw signal.reason;
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason));
    start().then(resolve, reject).finally(forget);
  });
}

/** @throws RangeError if no server is configured. */
function openShared(key: string, { concurrency, ...options }: LibraryOptions): SharedProber {
  const prober = openLibraryProber(options);
  const closeIfUnused = oncePerTurn(systemClock, () => {
    if (shared.callers > 0) return;
    open.delete(key);
    prober.close();
  });
  const shared = { prober, limit: pLimit(concurrency), callers: 0, closeIfUnused };
  open.set(key, shared);
  return shared;
}
