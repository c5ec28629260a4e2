import { readCandidates } from '../../names/candidates.js';
import type { Count } from '../../names/count.js';
import type { Problem } from '../../names/domain-name.js';
import { createExpansion, type Expansion } from '../../names/expansion.js';
import { inShard } from '../../names/shard.js';
import { openSources } from '../../names/sources.js';
import { type ProbeResult, type Status, statuses } from '../../probe/result.js';
import { exitStatus } from '../shared/exit-status.js';
import type { Streams } from '../shared/program.js';
import { createScreen } from '../shared/screen.js';
import { announcementOf } from './announcement.js';
import type { Context } from './context.js';
import { list } from './list.js';
import { listRegistries, openComparison, openRegistries, openResumed } from './on-demand.js';
import type { Options } from './options.js';
import { isOverviewWanted, showNextRound } from './overview.js';
import { createComparedPrinter } from './printing/compared.js';
import { createPrinter } from './printing/index.js';
import { createReasons, type Reasons } from './reasons.js';
import { reportedIfNone } from './reported-if-none.js';
import { runRound } from './round.js';
import { type Clock, roundsOf, systemClock } from './rounds.js';

/**
 * Runs the stages: words to candidate names, names to results, results to text.
 *
 * @param signal ends the run; its reason is the exit status.
 * @returns the exit status.
 */
export async function run(
  options: Options,
  streams: Streams,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<number> {
  const screen = createScreen(streams);
  const report = (message: string) => screen.report(`blogdom: ${message}\n`);
  if (options.verbose) for (const note of options.configured) report(note);
  for (const problem of options.serverProblems) report(problem);
  try {
    return await runStages({ options, streams, screen, report, clock, signal });
  } catch (error) {
    if (signal.aborted) return Number(signal.reason);
    report(error instanceof Error ? error.message : String(error));
    return exitStatus.usage;
  } finally {
    await screen.flush();
  }
}

/**
 * Runs the stages.
 *
 * @returns the exit status.
 * @throws the signal's reason, or an `Error` with a message for the user.
 */
async function runStages(context: Context): Promise<number> {
  const { options, streams, screen, report, clock, signal } = context;
  if (options.listRegistries) {
    await screen.write(required(await listRegistries(options.listRegistries)));
    return exitStatus.answered;
  }
  let badLines = 0;
  const onBadLine = (message: string) => {
    badLines++;
    report(message);
  };
  const sources = required(await openSources(options, streams.stdin, onBadLine));
  const whole = createExpansion(options);
  const expansion = options.shard ? inShard(whole, options.shard) : whole;
  const read = readCandidates(sources, expansion);
  const candidates = options.hack && !options.shard ? reportedIfNone(read, report) : read;
  if (options.list) {
    await list(candidates, screen, signal);
    return statusOf(badLines);
  }
  const registries = required(await openRegistries(options));
  const compare = required(await openComparison(options, clock, signal));
  const resumed = required(await openResumed(options, signal));
  try {
    const count = isOverviewWanted(options, streams) ? await countBeforehand(expansion, context) : undefined;
    const total = () => count && count.names - (resumed?.skipped() ?? 0);
    const { tell, shorten } = options.quiet ? untold : createReasons(report);
    const plain = await createPrinter(options, screen, streams.stdout, shorten, clock.now);
    const printer = compare ? createComparedPrinter(plain, compare) : plain;
    const found = new Set<Status>();
    const onSkip = (status: Status, result: ProbeResult | undefined) => {
      found.add(status);
      if (result) void printer.print([result]);
    };
    const unanswered = resumed?.skip(candidates, onSkip) ?? candidates;
    let unknown = 0;
    const onWait = (until: Date | undefined) => showNextRound(until, options, streams, screen);
    for await (const round of roundsOf(unanswered, options.watch, clock, onWait, signal)) {
      const stages = { candidates: round, total, registries, resumed, printer, note: tell };
      const { counts } = await runRound(stages, context);
      for (const status of statuses) if (counts[status] > 0) found.add(status);
      ({ unknown } = counts);
    }
    const isMissing = options.failUnless?.every((status) => !found.has(status)) ?? false;
    return isMissing ? exitStatus.notFound : statusOf(unknown + badLines);
  } finally {
    await resumed?.close();
  }
}

const statusOf = (problems: number): number => (problems === 0 ? exitStatus.answered : exitStatus.unanswered);

/** Tells nothing, so that the reasons must be whole. */
const untold: Reasons = { tell() {}, shorten: (result) => result };

/** Counts the candidates if that is possible, and announces a run of many. */
async function countBeforehand(
  expansion: Expansion,
  { options, report }: Context,
): Promise<Count | undefined> {
  const { countCandidates } = await import('../../names/count.js');
  const count = await countCandidates(options, expansion);
  const announcement = count && announcementOf(count, options);
  if (announcement !== undefined) report(announcement);
  return count;
}

/**
 * Returns a value.
 *
 * @throws an `Error` with the message of a problem.
 */
function required<Value>(value: Value | Problem): Value {
  if (isProblem(value)) throw new Error(value.problem);
  return value;
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value;
