import type { Problem } from '../names/domain-name.js';
import { codeOf, whyUnusable } from '../util/error-code.js';
import { quoted } from '../util/printable.js';
import type { Lock, LockPlatform } from './held-lock.js';
import type { Holder } from './holder.js';
import { openLock } from './lock.js';
import { cannotWrite } from './messages.js';

/** The lock of a file of results, if there is one. */
export interface ResultsLock extends Lock {
  /** Whether no other run can use the file by this path. */
  readonly isLocked: boolean;
}

/** The path of the lock of a file: it is seen from every machine and container that uses the same folder. */
const lockPathOf = (target: string): string => `${target}.blogdom-lock`;

/** Errors of a folder in which no file can be created, though the file in it can be written. */
const unlockable: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG'];

/**
 * Locks a file of results. Without a lock, results can still be appended.
 *
 * @param path the path as the user has written it.
 * @param target the same without links.
 * @param note is told if the file cannot be locked, and why this takes a while.
 * @returns the lock, or who is using the file.
 */
export async function lockResults(
  path: string,
  target: string,
  note: (message: string) => void,
  platform: LockPlatform,
  signal: AbortSignal,
): Promise<ResultsLock | Problem> {
  const onWait = (holder: Holder | undefined) =>
    note(`waiting, at most 30 s, to see whether ${quoted(path)} is still in use: ${described(holder)}`);
  try {
    const { dev, ino } = await platform.files.stat(target, { bigint: true });
    const options = { path: lockPathOf(target), file: `${dev}:${ino}`, signal, onWait };
    const lock = await openLock(options, platform);
    if (!('holder' in lock)) return { ...lock, isLocked: true };
    const expected = `expected a file that no other blogdom is using, got ${quoted(path)}`;
    return { problem: `${expected}: ${described(lock.holder)}` };
  } catch (error) {
    if (signal.aborted) throw error;
    if (!unlockable.includes(codeOf(error) ?? ''))
      return { problem: cannotWrite(path, whyUnusable(error, 'write')) };
    note(`${quoted(path)} cannot be locked (${codeOf(error)}): see that no other run uses it`);
    return { isLocked: false, bind: async () => {}, isHeld: async () => true, release: async () => {} };
  }
}

const described = (holder: Holder | undefined): string =>
  holder
    ? `process ${holder.process} on ${quoted(holder.host)} has used it since ${holder.since}`
    : 'another process has its lock';
