import type { Outage } from '../../dns/resolver/outage.js';
import type { Batches, Candidate } from '../../names/candidate.js';
import type { ProbeResult } from '../../probe/result.js';
import { roomFor } from '../../probe/room.js';
import { openChosenProber } from '../../probers/index.js';
import type { Registries } from '../../registries/open.js';
import type { ServerReport } from '../../servers/server-report.js';
import { asCompleted } from '../../util/as-completed.js';
import { mapBatches } from '../../util/map-batches.js';
import type { Context } from './context.js';
import type { Options } from './options.js';

/** The results of a run, as they become known. */
export interface Probing {
  readonly results: AsyncIterable<readonly ProbeResult[]>;
  /** Says what is being waited for, to follow "waiting for"; undefined if nothing is. */
  waitingFor(): string | undefined;
  /** Describes an outage of all name servers; undefined if there is none. */
  outage(): Outage | undefined;
  /** Returns what has been learned of each server. */
  reports(): readonly ServerReport[];
}

/**
 * Probes candidates, and confirms the results if registries are to be asked.
 *
 * @param registries confirm the results; undefined if they are not to be asked.
 * @param expect receives each candidate before it is probed.
 * @param note receives what a person should know about the network.
 * @returns the results; iterating throws any error of `candidates`, or the signal's reason.
 */
export function probeCandidates(
  candidates: Batches,
  registries: Registries | undefined,
  expect: (candidate: Candidate) => void,
  note: (message: string) => void,
  { options, report, signal }: Context,
): Probing {
  const { servers, concurrency, timeout, tries, verbose } = options;
  const log = verbose ? report : undefined;
  const prober = openChosenProber({ ...options, log, note });
  const confirmer = registries?.createConfirmer({ probe: prober.probe, note });
  const limits = `at most ${concurrency} names at once, ${timeout / 1000} s for one try, ${tries} tries for one question`;
  log?.(`asking ${describeServers(servers)}; ${limits}`);
  const room = () => roomFor(prober, concurrency);
  const announced = mapBatches(candidates, (candidate) => {
    expect(candidate);
    return candidate;
  });

  async function* probe(): AsyncGenerator<readonly ProbeResult[], void, undefined> {
    try {
      const probed = asCompleted(announced, room, prober.probe, signal);
      yield* confirmer?.confirmAll(probed, signal) ?? probed;
    } finally {
      prober.close();
    }
  }

  return {
    results: probe(),
    reports: prober.reports,
    outage: prober.outage,
    waitingFor: () => prober.waitingFor() ?? confirmer?.waitingFor(),
  };
}

/** The most servers that are named one by one. */
const maximumNamed = 20;

function describeServers(servers: Options['servers']): string {
  const named = servers.slice(0, maximumNamed).map(({ url }) => url);
  const rest = servers.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest} others` : named.join(', ');
}
