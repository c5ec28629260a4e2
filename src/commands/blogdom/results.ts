import type { Compare } from '../../history/compare.js';
import type { Resumed } from '../../history/resume.js';
import { type ProbeResult, type Status, statuses } from '../../probe/result.js';
import type { Registries } from '../../registries/open.js';
import type { Context } from './context.js';
import type { Names } from './names.js';
import { openComparison, openRegistries, openResumed } from './on-demand.js';
import { isOverviewWanted, showNextRound } from './overview.js';
import { createComparedPrinter } from './printing/compared.js';
import { createPrinter } from './printing/index.js';
import { createReasons, type Reasons } from './reasons.js';
import { runRound } from './round.js';
import { roundsOf } from './rounds.js';

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
  const { options, clock, signal } = context;
  const registries = await openRegistries(options);
  const compare = await openComparison(options, clock, signal);
  const resumed = await openResumed(options, signal);
  try {
    return await printRounds(names, { registries, compare, resumed }, context);
  } finally {
    await resumed?.close();
  }
}

/** The stages that most runs do not need. */
interface OptionalStages {
  readonly registries: Registries | undefined;
  readonly compare: Compare | undefined;
  readonly resumed: Resumed | undefined;
}

async function printRounds(
  names: Names,
  { registries, compare, resumed }: OptionalStages,
  context: Context,
): Promise<Found> {
  const { options, streams, screen, report, clock, signal } = context;
  const count = isOverviewWanted(options, streams) ? await names.count() : undefined;
  const total = () => count && count.names - (resumed?.skipped() ?? 0);
  const { tell: note, shorten } = options.quiet ? unreported : createReasons(report);
  const plain = await createPrinter(options, screen, streams.stdout, shorten, clock.now);
  const printer = compare ? createComparedPrinter(plain, compare) : plain;
  const found = new Set<Status>();
  const onSkip = (status: Status, result: ProbeResult | undefined) => {
    found.add(status);
    if (result) void printer.print([result]);
  };
  const unanswered = resumed?.skip(names.candidates, onSkip) ?? names.candidates;
  const onWait = (until: Date | undefined) => showNextRound(until, options, streams, screen);
  let unknown = 0;
  for await (const candidates of roundsOf(unanswered, options.watch, clock, onWait, signal)) {
    const { counts } = await runRound({ candidates, total, registries, resumed, printer, note }, context);
    for (const status of statuses) if (counts[status] > 0) found.add(status);
    ({ unknown } = counts);
  }
  return { statuses: found, unknown };
}

/** Reports no reason, and so shortens none. */
const unreported: Reasons = { tell() {}, shorten: (result) => result };
