import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from './error-code.js';

/**
 * Replaces a regular file, or creates it. Its permissions stay; a link is replaced, not followed. At any moment the path has either
 * the old file or the new one, as a whole, unless only the file can be written and not its folder. It is done synchronously, so that
 * Ctrl-C cannot interrupt it; only a process that is killed leaves the hidden temporary file behind.
 *
 * @throws the error of the system, or one that says that the path is not a regular file; nothing is then changed.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const stats = writableFile(path);
  const temporary = temporaryFor(path);
  try {
    // Fails if the file exists, and so never writes through a symbolic link.
    const file = openSync(temporary, 'wx', stats ? 0o600 : 0o666);
    try {
      if (stats) copyPermissions(file, stats);
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!stats || !isFixed(error)) throw error;
    overwrite(path, content);
  }
}

/**
 * Checks whether `replaceFile` can probably replace or create a file, without changing it.
 *
 * @throws the same as `replaceFile`.
 */
export function checkReplaceable(path: string): void {
  const stats = writableFile(path);
  const temporary = temporaryFor(path);
  try {
    writeFileSync(temporary, '', { flag: 'wx' });
    rmSync(temporary);
  } catch (error) {
    if (!stats || !isFixed(error)) throw error;
  }
}

/**
 * Returns the path of the file that a path leads to over symbolic links. The file need not be there.
 *
 * @throws the error of the system if it is there and cannot be written.
 */
export function followLinks(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })) {
    // Where links to other users' files are not to be followed, this fails (protected_symlinks, proc_sys_fs(5)).
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    return realpathSync(path);
  }
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? followLinks(resolve(dirname(path), readlinkSync(path))) : path;
}

/** Returns a path, which nobody can guess, in the same folder, so that the file can be renamed. */
export const temporaryFor = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.part`);

/** Looks at a file; undefined if there is none, or a link. */
function writableFile(path: string): Stats | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink()) return undefined;
  if (stats.isDirectory()) throw Object.assign(new Error('EISDIR: expected a file'), { code: 'EISDIR' });
  if (!stats.isFile()) throw new Error('it is not a regular file');
  return stats;
}

/** Writes into a file itself, unless a link has taken its place. */
function overwrite(path: string, content: string | Uint8Array): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_TRUNC | constants.O_NOFOLLOW);
  try {
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}

/** Whether a file cannot be replaced, though it can perhaps be written: a container may have been given this file alone. */
const isFixed = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(codeOf(error) ?? '');

function copyPermissions(file: number, { mode, uid, gid }: Stats): void {
  const own = fstatSync(file);
  if (own.uid !== uid || own.gid !== gid) fchownSync(file, uid, gid);
  fchmodSync(file, mode & 0o7777);
}
