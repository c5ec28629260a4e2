import type { Resumed } from '../../history/resume.js';
import type { Registries } from '../../registries/open.js';
import type { Context } from './context.js';
import { serversOfRound } from './option-groups/servers.js';
import { openOverview } from './overview.js';
import type { Printer } from './printing/printer.js';
import { type Batches, probeAll } from './probe-all.js';
import type { Reasons } from './reasons.js';
import { reportServers } from './server-report.js';
import { createTally, type Tally } from './tally.js';

/** One pass over the candidates. */
export interface Round {
  readonly candidates: Batches;
  /** Returns the number of names to probe; undefined if it is not known. */
  readonly total: () => number | undefined;
  readonly registries: Registries | undefined;
  readonly resumed: Resumed | undefined;
  readonly printer: Printer;
  readonly note: Reasons['tell'];
}

/** Probes candidates and prints their results, and counts them. */
export async function runRound(
  { candidates, total, registries, resumed, printer, note }: Round,
  context: Context,
): Promise<Tally> {
  const { options, streams, screen, report, signal } = context;
  const servers = options.watch === undefined ? options.servers : serversOfRound(options);
  const log = options.verbose ? report : undefined;
  const listeners = { expect: printer.expect, note, log };
  const tally = createTally();
  const probing = probeAll(
    candidates,
    { ...options, servers },
    registries?.createConfirmer(),
    listeners,
    signal,
  );
  const { waitingFor, outage } = probing;
  const overview = openOverview(options, streams, screen, { tally, total, waitingFor, outage });
  try {
    for await (const results of probing.results) {
      tally.add(results);
      await resumed?.record(results);
      await printer.print(results);
    }
    return tally;
  } finally {
    overview.close();
    await printer.end();
    reportServers(probing.reports(), options, note, report);
    const skipped = resumed?.skipped() ?? 0;
    if (options.watch === undefined) overview.sumUp({ isInterrupted: signal.aborted, skipped });
  }
}
