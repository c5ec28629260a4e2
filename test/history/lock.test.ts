import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Lock, openLock } from '../../src/history/lock.js';
import { afterFile } from '../helpers/closing.js';
import { makeFolder } from '../helpers/system/folder.js';

async function folderOfLocks(): Promise<string> {
  const folder = await makeFolder();
  afterFile(folder.remove);
  return folder.path;
}

const isLock = (lock: Lock | undefined): lock is Lock => lock !== undefined;

describe.concurrent('openLock', () => {
  it('gives a lock to one at a time, and leaves nothing behind', async () => {
    const folder = await folderOfLocks();
    for (let round = 0; round < 3; round++) {
      const lock = await openLock('key', folder);
      expect(lock).toBeDefined();
      expect(await openLock('key', folder)).toBeUndefined();
      await lock?.release();
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives locks of different keys independently', async () => {
    const folder = await folderOfLocks();
    const locks = [await openLock('one', folder), await openLock('another', folder)];
    expect(locks.filter(isLock)).toHaveLength(2);
    await Promise.all(locks.map((lock) => lock?.release()));
  });

  it('gives a lock to exactly one of many who want it at the same moment', async () => {
    const folder = await folderOfLocks();
    for (let round = 0; round < 10; round++) {
      const locks = await Promise.all(Array.from({ length: 8 }, () => openLock('key', folder)));
      expect(locks.filter(isLock)).toHaveLength(1);
      await Promise.all(locks.map((lock) => lock?.release()));
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
