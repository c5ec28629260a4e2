import { isPicture } from '../../formats/index.js';
import type { Comparison } from '../../history/compare.js';
import type { Resumed } from '../../history/resume.js';
import type { Batches } from '../../names/candidate.js';
import { type ProbeResult, type Status, statuses } from '../../probe/result.js';
import type { Registries } from '../../registries/open.js';
import { systemFiles } from '../../util/file-system.js';
import type { Context } from './context.js';
import { createFinds } from './finds.js';
import { createHeldNotes } from './held-notes.js';
import { describeLeftOut } from './left-out.js';
import type { Names } from './names.js';
import { serversOfRound } from './option-groups/servers.js';
import { isOverviewWanted, openOverview, showNextRound } from './overview.js';
import { createComparedPrinter } from './printing/compared.js';
import { createPrinter } from './printing/index.js';
import type { Printer } from './printing/printer.js';
import { probeCandidates } from './probing.js';
import { createReasons, type Reasons } from './reasons.js';
import { required } from './required.js';
import { roundsOf } from './rounds.js';
import { checkServerReport, reportServers } from './server-report.js';

/** What the results of a run were. */
export interface Found {
  readonly statuses: ReadonlySet<Status>;
  /** The number of names without an answer, in the last round. */
  readonly unknown: number;
}

/**
 * Probes the names, with `--watch` again and again, and prints the results.
 *
 * @throws the signal's reason, or an `Error` with a message for the user.
 */
export async function printResults(names: Names, context: Context): Promise<Found> {
  const { serverReport } = context.options;
  if (serverReport !== undefined) checkServerReport(serverReport);
  const stages = await openStages(context);
  try {
    return await printRounds(names, stages, context);
  } finally {
    await stages.resumed?.close();
  }
}

/** The stages that most runs do not need; each is undefined if it is not wanted. */
interface OptionalStages {
  readonly registries: Registries | undefined;
  readonly comparison: Comparison | undefined;
  readonly resumed: Resumed | undefined;
}

/** Opens the optional stages. Their modules are loaded only if they are wanted. */
async function openStages({ options, clock, signal, report }: Context): Promise<OptionalStages> {
  const { confirm, since, watch, resume, format, sort, quiet } = options;
  const note = quiet ? () => {} : report;
  let registries: Registries | undefined;
  if (confirm) {
    const { openRegistries } = await import('../../registries/open.js');
    registries = required(await openRegistries(confirm));
  }
  let comparison: Comparison | undefined;
  if (since !== undefined || watch !== undefined) {
    const { openComparison } = await import('../../history/compare.js');
    const settings = { since, withLast: watch !== undefined, now: clock.date, note };
    comparison = required(await openComparison(settings, signal));
  }
  let resumed: Resumed | undefined;
  if (resume !== undefined) {
    const { openResumed } = await import('../../history/resume.js');
    const { systemProcesses } = await import('../../history/lock.js');
    const platform = { files: systemFiles, clock, ...systemProcesses };
    const settings = { path: resume, keepsResults: isPicture(format) || sort === true, note };
    resumed = required(await openResumed(settings, platform, signal));
  }
  return { registries, comparison, resumed };
}

async function printRounds(names: Names, stages: OptionalStages, context: Context): Promise<Found> {
  const { comparison, resumed } = stages;
  const { options, streams, screen, report, clock } = context;
  const count = isOverviewWanted(options, streams) ? await names.count() : undefined;
  const total = () => count && count.names - (resumed?.skipped() ?? 0);
  const reasons = createNotes(options, report);
  const plain = await createPrinter(options, screen, streams.stdout, reasons.shorten, clock.date);
  const printer = comparison
    ? createComparedPrinter(plain, comparison.compare, options.quiet ? () => {} : report)
    : plain;
  const found = new Set<Status>();
  const onSkip = (status: Status, result: ProbeResult | undefined) => {
    found.add(status);
    if (result) void printer.print([result]);
  };
  const unanswered = resumed?.skip(names.candidates, onSkip) ?? names.candidates;
  const onWait = (until: Date | undefined) => showNextRound(until, options, streams, screen);
  let unknown = 0;
  for await (const candidates of roundsOf(unanswered, options.watch, onWait, context)) {
    const counts = await runRound({ ...stages, candidates, total, printer, reasons }, context);
    for (const status of statuses) if (counts[status] > 0) found.add(status);
    ({ unknown } = counts);
  }
  return { statuses: found, unknown };
}

/** Reports no reason, and so shortens none. */
const unreported: Reasons = { tell() {}, shorten: (result) => result, see() {}, end() {} };

function createNotes({ quiet, format }: Context['options'], report: Context['report']): Reasons {
  if (quiet) return unreported;
  const reasons = createReasons(report);
  return format === 'grid' ? createHeldNotes(reasons) : reasons;
}

/** One pass over the candidates. */
interface Round extends OptionalStages {
  readonly candidates: Batches;
  /** Returns the number of names to probe; undefined if it is not known. */
  readonly total: () => number | undefined;
  readonly printer: Printer;
  readonly reasons: Reasons;
}

/** Probes candidates and prints their results; returns how many have each status. */
async function runRound(
  { candidates, total, registries, comparison, resumed, printer, reasons }: Round,
  context: Context,
): Promise<Readonly<Record<Status, number>>> {
  const { options, streams, screen, signal } = context;
  const counts = { live: 0, taken: 0, absent: 0, unregistered: 0, unknown: 0 };
  const servers = options.watch === undefined ? options.servers : serversOfRound(options);
  const probing = probeCandidates(candidates, registries, printer.expect, reasons.tell, {
    ...context,
    options: { ...options, servers },
  });
  const { waitingFor, outage } = probing;
  const count = () => ({ counts, total: total(), waitingFor, outage });
  const finds = createFinds(options);
  const overview = openOverview(options, streams, screen, count);
  try {
    for await (const found of probing.results) {
      const results = comparison ? found.map(comparison.recall) : found;
      const { recorded, failure } = (await resumed?.record(results)) ?? { recorded: results };
      for (const { status } of recorded) counts[status]++;
      reasons.see(recorded);
      finds.add(recorded);
      await printer.print(recorded);
      if (failure) throw failure;
    }
    return counts;
  } finally {
    overview.close();
    await printer.end();
    const leftOut = describeLeftOut(counts, options);
    if (leftOut !== undefined) reasons.tell(leftOut);
    await reportServers(probing.reports(), reasons.tell, context);
    reasons.end();
    if (options.watch === undefined) overview.sumUp(signal.aborted, resumed?.skipped() ?? 0, finds);
  }
}
