import { statSync } from 'node:fs';
import { isUseful, type ServerReport, summarizeServers } from '../../servers/server-report.js';
import { whyUnusable } from '../../util/error-code.js';
import { quoted } from '../../util/printable.js';
import { checkReplaceable, followLinks, replaceFile } from '../../util/replace-file.js';
import { writeDevice } from '../../util/write-device.js';
import type { Context } from './context.js';

/** With more servers than this, the useless ones are counted instead of named. */
const maximumNamed = 8;

/**
 * Reports which servers were of no use, and writes the report of the servers if there is to be one.
 *
 * @param note receives the summary.
 * @throws an `Error` with a message for the user if the report cannot be written.
 */
export async function reportServers(
  reports: readonly ServerReport[],
  note: (message: string) => void,
  { options, screen, report, signal }: Context,
): Promise<void> {
  const { verbose, serverReport } = options;
  if (reports.length > maximumNamed) {
    const summary = summarizeServers(reports);
    if (summary !== undefined) note(summary);
    const useless = verbose ? reports.filter(({ verdict }) => !isUseful(verdict)) : [];
    for (const { server, verdict, reason } of useless) report(`${server}: ${verdict}: ${reason}`);
  }
  if (serverReport === undefined) return;
  const content = reports.map((one) => `${JSON.stringify(one)}\n`).join('');
  try {
    if (standardOutput.includes(serverReport)) await screen.write(content);
    else if (standardError.includes(serverReport)) screen.report(content);
    else if (isDevice(serverReport)) await writeDevice(serverReport, content, signal);
    else replaceFile(followLinks(serverReport), content);
  } catch (error) {
    throw unwritable(serverReport, error);
  }
}

/**
 * Checks before the run whether the report of the servers can be written.
 *
 * @throws an `Error` with a message for the user if it cannot.
 */
export function checkServerReport(path: string): void {
  try {
    if (!isDevice(path)) checkReplaceable(followLinks(path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** What is open already is not opened again: if it is a file, each would overwrite what the other one has written. */
const standardOutput: readonly string[] = ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];
const standardError: readonly string[] = ['/dev/stderr', '/dev/fd/2', '/proc/self/fd/2'];

/** Whether something is neither a regular file nor a folder. */
function isDevice(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

const unwritable = (path: string, error: unknown): Error =>
  new Error(
    `--server-report: expected a file that can be written, got ${quoted(path)}: ${whyUnusable(error, 'write')}`,
  );
