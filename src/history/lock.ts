import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { codeOf } from '../util/error-code.js';
import type { FileSystem } from '../util/file-system.js';
import { isObject, parseJson } from '../util/json.js';
import { onAbort } from '../util/on-abort.js';
import { holdLock, type Lock, type LockPlatform, writeHolder } from './held-lock.js';
import { describeProcess, type Holder, isRunning, parseHolder } from './holder.js';

/** The processes of this machine. */
export const systemProcesses = { describeProcess, isRunning };

/** Milliseconds; a lock that has not been refreshed for so long belongs to a process that has ended. */
const staleAfter = 30_000;

/** Milliseconds between two looks at a lock that may be stale soon. */
const lookInterval = 1000;

/** A lock, as another process finds it. */
interface Found {
  /** The file that is the lock, and when it was refreshed. */
  readonly version: string;
  readonly refreshed: number;
  readonly holder: Holder | undefined;
  /** The file that the lock is for; undefined if its holder has not said it. */
  readonly file: string | undefined;
}

/** How a lock is taken. */
export interface LockOptions {
  /** The path of the lock. */
  readonly path: string;
  /** What the file is that is locked: its device and its number there. */
  readonly file: string;
  /** Ends waiting. */
  readonly signal: AbortSignal;
  /** Is called if it will take a while to see whether another process still has the lock. */
  readonly onWait: (holder: Holder | undefined) => void;
}

/**
 * Takes a lock. If another process has it that cannot be seen from here, this waits until it refreshes the lock, or has
 * failed to do so for long.
 *
 * @returns the lock, or who has it, as far as that is known.
 * @throws the error of the system if the lock cannot be created, or the signal's reason.
 */
export async function openLock(
  { path, file, signal, onWait }: LockOptions,
  platform: LockPlatform,
): Promise<Lock | { readonly holder: Holder | undefined }> {
  const self = platform.describeProcess(platform.clock.date());
  let first: { readonly version: string; readonly time: number } | undefined;
  for (;;) {
    signal.throwIfAborted();
    const created = await create(path, self, platform);
    if (created) return holdLock(path, created, self, platform);
    const found = await look(path, platform);
    if (found === undefined) continue;
    const { holder } = found;
    const isOfOther = holder?.machine === self.machine && found.file !== undefined && found.file !== file;
    const running = holder && platform.isRunning(holder);
    const time = platform.clock.date().getTime();
    const isStale = first?.version === found.version && time - first.time >= staleAfter;
    const isFree = isOfOther || running === false || isStale;
    const isRefreshed = first !== undefined && first.version !== found.version;
    if (!isFree && (running === true || isRefreshed)) return { holder };
    const taken = await takeOver(path, found, isFree, self, platform);
    if (taken) return holdLock(path, taken, self, platform);
    if (first === undefined && !isFree) onWait(holder);
    first ??= { version: found.version, time };
    await wait(lookInterval, signal, platform);
  }
}

function wait(milliseconds: number, signal: AbortSignal, { clock }: LockPlatform): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      cancel();
      forget();
      resolve();
    };
    const cancel = clock.setTimer(milliseconds, end);
    const forget = onAbort(signal, end);
  });
}

/** Creates a lock; returns undefined if it is there. */
async function create(path: string, self: Holder, { files }: LockPlatform): Promise<FileHandle | undefined> {
  let lock: FileHandle;
  try {
    lock = await files.open(path, 'wx', 0o644);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  try {
    await writeHolder(lock, self);
    return lock;
  } catch (error) {
    await lock.close();
    await files.rm(path, { force: true });
    throw error;
  }
}

/** Looks at a lock; returns undefined if it is gone. */
async function look(path: string, { files }: LockPlatform): Promise<Found | undefined> {
  let lock: FileHandle;
  try {
    lock = await files.open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { ino, mtimeNs } = await lock.stat({ bigint: true });
    const { buffer, bytesRead } = await lock.read(Buffer.alloc(4096), 0, 4096, 0);
    const text = buffer.toString('utf8', 0, bytesRead);
    const value = parseJson(text);
    const file = isObject(value) && typeof value['file'] === 'string' ? value['file'] : undefined;
    const version = `${ino} ${mtimeNs}`;
    return { version, refreshed: Number(mtimeNs / 1_000_000n), holder: parseHolder(text), file };
  } finally {
    await lock.close();
  }
}

/**
 * Replaces a lock if its holder has ended, or if it is stale. Only one process at a time tries to: the one that could create
 * the file of the next lock. The time of that file tells the age of the other one by the clock of the file system.
 */
async function takeOver(
  path: string,
  found: Found,
  isFree: boolean,
  self: Holder,
  platform: LockPlatform,
): Promise<FileHandle | undefined> {
  const { files } = platform;
  const next = `${path}-next`;
  const lock = await create(next, self, platform);
  if (!lock) {
    const left = await look(next, platform);
    const age = left && platform.clock.date().getTime() - left.refreshed;
    const isLeft = left?.holder && platform.isRunning(left.holder) === false;
    if (isLeft || (age !== undefined && Math.abs(age) > staleAfter)) await files.rm(next, { force: true });
    return undefined;
  }
  try {
    const { mtimeMs, ino } = await lock.stat();
    const isStale = mtimeMs - found.refreshed >= staleAfter;
    const now = await look(path, platform);
    if (now?.version === found.version && (isFree || isStale)) {
      await files.rename(next, path);
      // If this process was stopped meanwhile, another one may have created that file anew.
      if ((await files.stat(path)).ino === ino) return lock;
      await lock.close();
      return undefined;
    }
  } catch (error) {
    await abandon(next, lock, files);
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  await abandon(next, lock, files);
  return undefined;
}

async function abandon(path: string, lock: FileHandle, files: FileSystem): Promise<void> {
  await lock.close();
  await files.rm(path, { force: true });
}
