import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file, or creates it. At any moment the path has either the old file or the new one, as a whole. It is done
 * synchronously, so that Ctrl-C cannot interrupt it; only a process that is killed leaves the hidden temporary file behind.
 *
 * @throws the error of the system; the file is then unchanged.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.part`);
  try {
    // Fails if the file exists, and so never writes through a symbolic link.
    writeFileSync(temporary, content, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
