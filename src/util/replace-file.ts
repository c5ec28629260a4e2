import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file, or creates it. At any moment the path has either the old file or the new one, as a whole. It is done
 * synchronously, so that Ctrl-C cannot interrupt it; only a process that is killed leaves the hidden temporary file behind.
 *
 * @throws the error of the system; the file is then unchanged.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = temporaryFor(path);
  try {
    // Fails if the file exists, and so never writes through a symbolic link.
    writeFileSync(temporary, content, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Checks whether `replaceFile` can probably replace or create a file, without changing it.
 *
 * @throws the error of the system, or one that says that the path is a folder or not a file.
 */
export function checkReplaceable(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw Object.assign(new Error('Expected a file'), { code: 'EISDIR' });
  // Otherwise, a device would be replaced by a file.
  if (stats && !stats.isFile()) throw new Error('it is not a regular file');
  const temporary = temporaryFor(path);
  writeFileSync(temporary, '', { flag: 'wx' });
  rmSync(temporary);
}

/** A path in the same folder, so that the file can be renamed. */
export const temporaryFor = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.part`);
