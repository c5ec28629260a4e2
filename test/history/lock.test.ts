import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Lock, openLock } from '../../src/history/lock.js';

const isLock = (lock: Lock | undefined): lock is Lock => lock !== undefined;

describe.concurrent('openLock', () => {
  it('gives a lock to one at a time', async () => {
    const key = randomUUID();
    for (let round = 0; round < 3; round++) {
      const lock = await openLock(key);
      expect(lock).toBeDefined();
      expect(await openLock(key)).toBeUndefined();
      await lock?.release();
    }
  });

  it('gives locks of different keys independently', async () => {
    const locks = [await openLock(randomUUID()), await openLock(randomUUID())];
    expect(locks.filter(isLock)).toHaveLength(2);
    await Promise.all(locks.map((lock) => lock?.release()));
  });

  it('gives a lock to exactly one of many who want it at the same moment', async () => {
    const key = randomUUID();
    for (let round = 0; round < 10; round++) {
      const locks = await Promise.all(Array.from({ length: 8 }, () => openLock(key)));
      expect(locks.filter(isLock)).toHaveLength(1);
      await Promise.all(locks.map((lock) => lock?.release()));
    }
  });
});
