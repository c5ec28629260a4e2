import { isUseful, type ServerReport, summarizeServers } from '../../servers/server-report.js';
import { whyUnusable } from '../../util/error-code.js';
import { quoted } from '../../util/printable.js';
import { checkReplaceable, replaceFile } from '../../util/replace-file.js';
import type { Options } from './options.js';

/** With more servers than this, the useless ones are counted instead of named. */
const maximumNamed = 8;

/**
 * Reports which servers were of no use, and writes the report of the servers if there is to be one.
 *
 * @param note receives the summary.
 * @param report receives, with `--verbose`, a line for each server that was of no use.
 * @throws an `Error` with a message for the user if the report cannot be written.
 */
export function reportServers(
  reports: readonly ServerReport[],
  { verbose, serverReport }: Pick<Options, 'verbose' | 'serverReport'>,
  note: (message: string) => void,
  report: (message: string) => void,
): void {
  if (reports.length > maximumNamed) {
    const summary = summarizeServers(reports);
    if (summary !== undefined) note(summary);
    const useless = verbose ? reports.filter(({ verdict }) => !isUseful(verdict)) : [];
    for (const { server, verdict, reason } of useless) report(`${server}: ${verdict}: ${reason}`);
  }
  if (serverReport !== undefined) writeServerReport(serverReport, reports);
}

/**
 * Writes a report of the servers, one JSON object on each line.
 *
 * @throws an `Error` with a message for the user if it cannot be written.
 */
const writeServerReport = (path: string, reports: readonly ServerReport[]): void =>
  writing(path, () => replaceFile(path, reports.map((report) => `${JSON.stringify(report)}\n`).join('')));

/**
 * Checks before the run whether the report of the servers can be written.
 *
 * @throws an `Error` with a message for the user if it cannot.
 */
export const checkServerReport = (path: string): void => writing(path, () => checkReplaceable(path));

function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const why = whyUnusable(error, 'write');
    throw new Error(`--server-report: expected a file that can be written, got ${quoted(path)}: ${why}`);
  }
}
