import type { FileHandle } from 'node:fs/promises';
import type { Clock } from '../util/clock.js';
import { codeOf } from '../util/error-code.js';
import type { FileSystem } from '../util/file-system.js';
import type { Holder } from './holder.js';

/** A lock that no other process has: a file that says who has it. */
export interface Lock {
  /** Says which file the lock is for, when that will not be replaced any more. Another file at its path is then not locked. */
  bind(file: string): Promise<void>;
  /** Returns whether this process still has the lock. It may not if it was stopped for a while, or if the lock was removed. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** What a lock needs of its surroundings. */
export interface LockPlatform {
  readonly files: FileSystem;
  readonly clock: Pick<Clock, 'date' | 'setTimer'>;
  readonly describeProcess: (since: Date) => Holder;
  readonly isRunning: (holder: Holder) => boolean | undefined;
}

/** Milliseconds between two refreshes. */
const refreshInterval = 5000;

/** Writes who has a lock into its file. */
export async function writeHolder(lock: FileHandle, self: Holder, file?: string): Promise<void> {
  await lock.write(`${JSON.stringify({ ...self, file })}\n`, 0);
}

/** Refreshes a lock until it is released. */
export async function holdLock(
  path: string,
  lock: FileHandle,
  self: Holder,
  { files, clock }: LockPlatform,
): Promise<Lock> {
  const { ino } = await lock.stat({ bigint: true });
  let file: string | undefined;
  let isLost = false;
  let refreshed = clock.date().getTime();
  let refreshing: Promise<void> = Promise.resolve();

  const look = async () => {
    try {
      isLost ||= (await files.stat(path, { bigint: true })).ino !== ino;
    } catch (error) {
      // Any other error may pass.
      isLost ||= codeOf(error) === 'ENOENT';
    }
  };
  const refresh = async () => {
    // If it fails for good, the lock becomes stale, and another process may take it.
    await writeHolder(lock, self, file).catch(() => {});
    await look();
    refreshed = clock.date().getTime();
  };
  let cancel = () => {};
  const wait = () => {
    cancel = clock.setTimer(refreshInterval, () => {
      refreshing = refresh().then(() => {
        if (!isLost && !isReleased) wait();
      });
    });
  };
  let isReleased = false;
  wait();

  return {
    async bind(bound) {
      file = bound;
      await writeHolder(lock, self, file);
    },
    async isHeld() {
      // After a while without a refresh, this process was stopped, and another one may have taken the lock.
      if (clock.date().getTime() - refreshed > 2 * refreshInterval) await refresh();
      return !isLost;
    },
    async release() {
      isReleased = true;
      cancel();
      await refreshing;
      await look();
      await lock.close();
      if (!isLost) await files.rm(path, { force: true });
    },
  };
}
