import { setMaxListeners } from 'node:events';
import { asCompleted, inBatches } from '../../util/as-completed.js';
import { exitStatus } from '../shared/exit-status.js';
import { createOutput } from '../shared/output.js';
import type { Streams } from '../shared/program.js';
import { download } from './download.js';
import { openFolder } from './folder.js';
import type { Options } from './options.js';
import { createProgress } from './progress.js';

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
  const output = createOutput(streams.stdout);
  const { report, printCode, endLine } = createProgress(output, streams, options.isTerminal);
  const folder = openFolder(options.out);
  if ('problem' in folder) {
    await report(folder.problem);
    return exitStatus.usage;
  }
  const wanted = options.codes.filter((code) => options.force || !folder.has(code));
  if (wanted.length < options.codes.length) await report(existingFlags(options.codes.length - wanted.length));

  // Every download adds a listener. By default, Node warns of a leak if there are more than ten.
  setMaxListeners(0, signal);
  const fetchAndSave = async (code: string) => {
    const result = await download(code, options, signal);
    return { code, reason: 'picture' in result ? folder.save(code, result.picture) : result.reason };
  };
  let saved = 0;
  try {
    for await (const batch of asCompleted(inBatches(wanted), options.concurrency, fetchAndSave, signal)) {
      for (const { code, reason } of batch) {
        if (reason === undefined) saved++;
        await (reason === undefined ? printCode(code) : report(`${code}: ${reason}`));
      }
    }
    await endLine();
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    await output.write(`${saved} ${saved === 1 ? 'download' : 'downloads'} in ${seconds}s\n`);
    return saved < wanted.length ? exitStatus.unanswered : exitStatus.answered;
  } catch (error) {
    await endLine();
    if (signal.aborted) return Number(signal.reason);
    throw error;
  } finally {
    await output.flush();
  }
}

const existingFlags = (count: number): string =>
  count === 1
    ? '1 flag is already there (--force downloads it again)'
    : `${count} flags are already there (--force downloads them again)`;
