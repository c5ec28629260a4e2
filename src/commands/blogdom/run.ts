import { readCandidates } from '../../names/candidates.js';
import { openSources } from '../../names/sources.js';
import type { Confirmer, ConfirmOptions } from '../../rdap/open.js';
import { exitStatus } from '../shared/exit-status.js';
import type { Streams } from '../shared/program.js';
import { hasOwnTerminal, openProgress } from '../shared/progress.js';
import { createScreen, restartLine, type Screen } from '../shared/screen.js';
import { list } from './list.js';
import type { Options } from './options.js';
import { createPrinter } from './printing/index.js';
import { probeAll } from './probe-all.js';
import { createReasons, type Reasons } from './reasons.js';
import { summaryOf } from './summary.js';
import { createTally, type Tally } from './tally.js';

/**
 * Runs the stages: words to candidate names, names to results, results to text.
 *
 * @param signal ends the run; its reason is the exit status.
 * @returns the exit status.
 */
export async function run(options: Options, streams: Streams, signal: AbortSignal): Promise<number> {
  const screen = createScreen(streams);
  const report = (message: string) => screen.report(`blogdom: ${message}\n`);
  let badLines = 0;
  const sources = await openSources(options, streams.stdin, (message) => {
    badLines++;
    report(message);
  });
  if ('problem' in sources) {
    report(sources.problem);
    return exitStatus.usage;
  }
  const confirmer = options.list ? undefined : options.confirm && (await openRegistries(options.confirm));
  if (confirmer && 'problem' in confirmer) {
    report(confirmer.problem);
    return exitStatus.usage;
  }
  const candidates = readCandidates(sources, options.tlds);
  const tally = createTally();
  try {
    if (options.list) await list(candidates, screen, signal);
    else {
      const { tell, shorten } = options.quiet ? untold : createReasons(report);
      const printer = await createPrinter(options, screen, streams.stdout, shorten);
      const log = options.verbose ? report : undefined;
      const probing = probeAll(
        candidates,
        options,
        confirmer,
        { expect: printer.expect, note: tell, log },
        signal,
      );
      const watch = openWatch(options, streams, screen, tally, probing.waitingFor);
      try {
        for await (const results of probing.results) {
          tally.add(results);
          await printer.print(results);
        }
      } finally {
        watch.close();
        await printer.end();
        watch.sumUp(signal.aborted);
      }
    }
    return tally.counts.unknown + badLines > 0 ? exitStatus.unanswered : exitStatus.answered;
  } catch (error) {
    if (signal.aborted) return Number(signal.reason);
    report(error instanceof Error ? error.message : String(error));
    return exitStatus.usage;
  } finally {
    await screen.flush();
  }
}

/** Tells nothing, so that the reasons must be whole. */
const untold: Reasons = { tell() {}, shorten: (result) => result };

/** Shows how far a run has come and, at the end, what it has done. */
function openWatch(
  { progress, quiet, files }: Options,
  streams: Streams,
  screen: Screen,
  tally: Tally,
  waitingFor: () => string | undefined,
) {
  const startedAt = performance.now();
  const isWanted = () => !quiet && (progress === 'always' || hasOwnTerminal(streams, files.includes('-')));
  const count = () => ({ done: tally.done(), total: undefined, counts: tally.counts, waitingFor });
  const shown = openProgress(screen, streams, () => progress !== 'never' && isWanted(), count);
  return {
    close: shown.close,
    sumUp(isInterrupted: boolean) {
      if (!isWanted()) return;
      const seconds = (performance.now() - startedAt) / 1000;
      const start = isInterrupted && streams.stderr.isTTY ? restartLine : '';
      screen.report(`${start}${summaryOf({ counts: tally.counts, seconds, isInterrupted })}\n`);
    },
  };
}

/** Loads the registry client only if it is needed, because its lists are long. */
async function openRegistries(options: ConfirmOptions): Promise<Confirmer | { readonly problem: string }> {
  const rdap = await import('../../rdap/open.js');
  return rdap.openRegistries(options);
}
