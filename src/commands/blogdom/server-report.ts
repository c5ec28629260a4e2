import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { ServerReport } from '../../probe/server-report.js';
import { quoted } from '../../util/printable.js';

/**
 * Writes a report of the servers, one JSON object on each line. The file is either the old one or the whole new one.
 *
 * @throws an `Error` with a message for the user if it cannot be written.
 */
export async function writeServerReport(path: string, reports: readonly ServerReport[]): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(temporary, reports.map((report) => `${JSON.stringify(report)}\n`).join(''));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`--server-report: expected a file that can be written, got ${quoted(path)} (${code})`);
  }
}
