import { codeOf } from '../util/error-code.js';
import { quoted } from '../util/printable.js';

/** Says that a file is not one of results. */
export const notResults = (path: string, reason: string): string =>
  `expected a file of results (blogdom --format json), got ${quoted(path)}: ${reason}`;

/** Says that a line of a file is not a result. */
export const badLine = (path: string, lineNumber: number): string =>
  notResults(path, `line ${lineNumber} is not a result`);

/** Says that another process is using a file. */
export const isInUse = (path: string): string =>
  `expected a file that no other blogdom is using, got ${quoted(path)}`;

/** Says that a file cannot be written to. */
export const cannotWrite = (path: string, error: unknown): string =>
  `cannot write the results to ${quoted(path)}: ${whyUnwritable(error)}`;

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you do not have permission to write it',
  EPERM: 'you do not have permission to write it',
  EROFS: 'its file system is read-only',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota of the disk is used up',
  EFBIG: 'a file may not be so large',
};

/** Says in words why a file cannot be written to. */
export function whyUnwritable(error: unknown): string {
  const code = codeOf(error) ?? (error instanceof Error ? error.message : String(error));
  return reasons[code] ?? `it cannot be used (${code})`;
}
