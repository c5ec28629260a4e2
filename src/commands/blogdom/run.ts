import { readCandidates } from '../../names/candidates.js';
import { openSources } from '../../names/sources.js';
import type { ConfirmAll, ConfirmOptions } from '../../rdap/open.js';
import { exitStatus } from '../shared/exit-status.js';
import type { Streams } from '../shared/program.js';
import { createScreen } from '../shared/screen.js';
import { list } from './list.js';
import type { Options } from './options.js';
import { createPrinter } from './printer.js';
import { probeAll } from './probe-all.js';

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
  const confirmAll = options.list ? undefined : options.confirm && (await openRegistries(options.confirm));
  if (confirmAll && 'problem' in confirmAll) {
    report(confirmAll.problem);
    return exitStatus.usage;
  }
  const candidates = readCandidates(sources, options.tlds);
  let unanswered = 0;
  try {
    if (options.list) await list(candidates, screen, signal);
    else {
      const printer = await createPrinter(options, screen, streams.stdout);
      const listeners = { expect: printer.expect, report };
      try {
        for await (const results of probeAll(candidates, options, confirmAll, listeners, signal)) {
          for (const { status } of results) if (status === 'unknown') unanswered++;
          await printer.print(results);
        }
      } finally {
        await printer.end();
      }
    }
    return unanswered + badLines > 0 ? exitStatus.unanswered : exitStatus.answered;
  } catch (error) {
    if (signal.aborted) return Number(signal.reason);
    report(error instanceof Error ? error.message : String(error));
    return exitStatus.usage;
  } finally {
    await screen.flush();
  }
}

/** Loads the registry client only if it is needed, because its lists are long. */
async function openRegistries(options: ConfirmOptions): Promise<ConfirmAll | { readonly problem: string }> {
  const rdap = await import('../../rdap/open.js');
  return rdap.openRegistries(options);
}
