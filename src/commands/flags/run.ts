import { setMaxListeners } from 'node:events';
import { asCompleted, inBatches } from '../../util/as-completed.js';
import { exitStatus } from '../shared/exit-status.js';
import type { Streams } from '../shared/program.js';
import { hasOwnTerminal, openProgress } from '../shared/progress.js';
import { createScreen } from '../shared/screen.js';
import { createCodePrinter } from './code-printer.js';
import { download } from './download.js';
import { openFolder } from './folder.js';
import type { Options } from './options.js';

/**
 * Downloads flags into a folder, prints the code of each flag that is saved, and reports those that fail.
 *
 * @param signal ends the run; its reason is the exit status.
 * @returns the exit status.
 */
export async function run(
  options: Options,
  streams: Omit<Streams, 'stdin'>,
  signal: AbortSignal,
): Promise<number> {
  const began = performance.now();
  const screen = createScreen(streams);
  const { report, printCode, endLine } = createCodePrinter(screen, streams, options.progress === 'never');
  const folder = openFolder(options.out);
  if ('problem' in folder) {
    await report(folder.problem);
    return exitStatus.usage;
  }
  const wanted = options.codes.filter((code) => options.force || !folder.has(code));
  const existing = options.codes.length - wanted.length;
  if (existing > 0 && !options.quiet) await report(describeExisting(existing));

  // Every download adds a listener. By default, Node warns of a leak if there are more than ten.
  setMaxListeners(0, signal);
  const fetchAndSave = async (code: string) => {
    const result = await download(code, options, signal);
    return { code, reason: 'picture' in result ? folder.save(code, result.picture) : result.reason };
  };
  const counts = { saved: 0, failed: 0 };
  const isWanted = () =>
    options.progress === 'always' || (options.progress === 'auto' && hasOwnTerminal(streams, false));
  const progress = openProgress(screen, streams, isWanted, () => ({
    total: wanted.length,
    counts,
    waitingFor: () => new URL(options.baseUrl).host,
  }));
  try {
    for await (const batch of asCompleted(inBatches(wanted), options.concurrency, fetchAndSave, signal)) {
      for (const { code, reason } of batch) {
        counts[reason === undefined ? 'saved' : 'failed']++;
        await (reason === undefined ? printCode(code) : report(`${code}: ${reason}`));
      }
    }
    progress.close();
    await endLine();
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    await screen.write(`${counts.saved} ${counts.saved === 1 ? 'download' : 'downloads'} in ${seconds}s\n`);
    return counts.failed > 0 ? exitStatus.unanswered : exitStatus.answered;
  } catch (error) {
    progress.close();
    await endLine();
    if (signal.aborted) return Number(signal.reason);
    throw error;
  } finally {
    await screen.flush();
  }
}

const describeExisting = (count: number): string =>
  count === 1
    ? '1 flag already exists (--force downloads it again)'
    : `${count} flags already exist (--force downloads them again)`;
