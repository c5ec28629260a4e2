import { systemClock } from '../../util/clock.js';
import { exitStatus } from '../shared/exit-status.js';
import type { Streams } from '../shared/program.js';
import { createScreen } from '../shared/screen.js';
import type { Context } from './context.js';
import { list } from './list.js';
import { openNames } from './names.js';
import { describeOldData } from './old-data.js';
import type { Options } from './options.js';
import { required } from './required.js';
import { printResults } from './results.js';

/**
 * Runs the command: reads the names, probes them, and prints the results.
 *
 * @param signal ends the run; its reason is the exit status.
 * @returns the exit status.
 */
export async function run(
  options: Options,
  streams: Streams,
  signal: AbortSignal,
  clock: Context['clock'] = systemClock,
): Promise<number> {
  const screen = createScreen(streams);
  const report = (message: string) => screen.report(`blogdom: ${message}\n`);
  if (options.verbose) for (const note of options.configured) report(note);
  if (options.verbose) for (const note of await describeOldData(clock.date())) report(note);
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
  const { options, screen, signal } = context;
  if (options.listRegistries) {
    const { listRegistries } = await import('../../registries/list.js');
    await screen.write(required(await listRegistries(options.listRegistries)));
    return exitStatus.answered;
  }
  const names = await openNames(context);
  if (options.list) {
    await list(names.candidates, screen, signal);
    return statusOf(names.badLines());
  }
  const { statuses, unknown } = await printResults(names, context);
  if (options.failUnless && !options.failUnless.some((status) => statuses.has(status)))
    return exitStatus.notFound;
  return statusOf(unknown + names.badLines());
}

const statusOf = (problems: number): number => (problems === 0 ? exitStatus.answered : exitStatus.unanswered);
