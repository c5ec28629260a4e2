import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Lock } from '../../src/history/held-lock.js';
import { openLock } from '../../src/history/lock.js';
import { afterFile } from '../helpers/closing.js';
import { makeFolder } from '../helpers/system/folder.js';
import { type PlayedProcess, passUntil, startProcess } from './processes.js';
import { signal } from './results.js';

/** Waits for what another part does in the background. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000 });

/** Returns the path of a lock in a folder of its own. */
async function newPath(): Promise<string> {
  const folder = await makeFolder();
  afterFile(folder.remove);
  return join(folder.path, 'lock');
}

/** Tries to take a lock. */
const open = (path: string, process: PlayedProcess, file = '1:2') =>
  openLock({ path, file, signal, onWait: () => {} }, process);

/** Takes a lock that is free. */
async function take(path: string, process: PlayedProcess, file?: string): Promise<Lock> {
  const lock = await open(path, process, file);
  if ('holder' in lock) return expect.fail(`${lock.holder?.process} has the lock`);
  afterFile(lock.release);
  return lock;
}

const makeOld = (path: string, seconds: number) => {
  const time = Date.now() / 1000 - seconds;
  return utimes(path, time, time);
};

describe.concurrent('openLock', () => {
  it('gives a lock to one at a time, and leaves nothing behind', async () => {
    const path = await newPath();
    for (let round = 0; round < 3; round++) {
      const lock = await take(path, startProcess());
      expect(await open(path, startProcess())).toMatchObject({ holder: { host: 'here' } });
      await lock.release();
      expect(await readdir(dirname(path))).toEqual([]);
    }
  });

  it('says in the lock who has it, since when, and of which file', async () => {
    const path = await newPath();
    const lock = await take(path, startProcess());
    await lock.bind('1:2');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      host: 'here',
      process: expect.any(Number),
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      machine: 'here',
      started: 'then',
      file: '1:2',
    });
    await lock.release();
  });

  it('gives a lock to exactly one of many who want it at the same moment, a free one and that of a process that has ended', async () => {
    const path = await newPath();
    for (let round = 0; round < 5; round++) {
      const processes = Array.from({ length: 8 }, () => startProcess());
      const opened = await Promise.all(processes.map((process) => passUntil(open(path, process), process)));
      const locks = opened.filter((lock) => 'release' in lock);
      expect(locks).toHaveLength(1);
      for (const { release } of locks) afterFile(release);
      // The lock is left over for the next round.
      for (const process of processes) process.kill();
    }
  });

  it('takes the lock of a process of this machine that has ended at once', async () => {
    const path = await newPath();
    const first = startProcess();
    await take(path, first);
    first.kill();
    const lock = await take(path, startProcess());
    await lock.release();
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it('takes the lock of another file that was at the same path', async () => {
    const path = await newPath();
    const first = await take(path, startProcess());
    await first.bind('1:2');
    expect(await open(path, startProcess(), '1:2')).toHaveProperty('holder');
    const second = await take(path, startProcess(), '1:3');
    expect(await second.isHeld()).toBe(true);
    await second.release();
  });

  it('waits to see whether a process elsewhere refreshes its lock', async () => {
    const path = await newPath();
    const [first, second] = [startProcess('there'), startProcess('here')];
    const lock = await take(path, first);
    // Real times are those of the file: the lock is refreshed in another moment than it was created.
    await makeOld(path, 3);
    expect(await passUntil(open(path, second), first, second)).toMatchObject({ holder: { host: 'there' } });
    await lock.release();
  });

  it('takes a lock that was not refreshed for 30 s', async () => {
    const path = await newPath();
    await take(path, startProcess('there'));
    await makeOld(path, 31);
    await take(path, startProcess('here'));
    await writeFile(path, 'not a lock');
    await makeOld(path, 31);
    await take(path, startProcess('here'));
  });

  it('ends waiting when the signal aborts', async () => {
    const path = await newPath();
    await take(path, startProcess('there'));
    const controller = new AbortController();
    const opened = openLock(
      { path, file: '1:2', signal: controller.signal, onWait: () => controller.abort(130) },
      startProcess('here'),
    );
    await expect(opened).rejects.toBe(130);
    expect(await readdir(dirname(path))).toEqual(['lock']);
  });

  it('goes on where a process was killed while it took a lock', async () => {
    const path = await newPath();
    await take(path, startProcess('there'));
    await makeOld(path, 60);
    await writeFile(`${path}-next`, '');
    await makeOld(`${path}-next`, 60);
    const process = startProcess('here');
    const lock = await passUntil(take(path, process), process);
    await lock.release();
    expect(await readdir(dirname(path))).toEqual([]);
  });

  it('follows no link', async () => {
    const path = await newPath();
    await writeFile(`${path}.other`, 'untouched');
    await symlink(`${path}.other`, path);
    await expect(open(path, startProcess())).rejects.toThrow();
    expect(await readFile(`${path}.other`, 'utf8')).toBe('untouched');
  });
});

describe.concurrent('a lock', () => {
  it('is refreshed every 5 s', async () => {
    const path = await newPath();
    const process = startProcess();
    const lock = await take(path, process);
    for (let round = 0; round < 2; round++) {
      await makeOld(path, 100);
      process.clock.pass(5000);
      await eventually(async () => expect(Date.now() - (await stat(path)).mtimeMs).toBeLessThan(90_000));
      // The next refresh is planned after this one.
      await lock.isHeld();
      await eventually(() => expect(process.clock.timers()).toBe(1));
    }
  });

  it.each([
    ['another process has taken it', (path: string) => rename(`${path}.new`, path)],
    ['it was removed', (path: string) => rm(path)],
  ])('is not held any more when %s', async (_, take_) => {
    const path = await newPath();
    const process = startProcess();
    const lock = await take(path, process);
    await writeFile(`${path}.new`, '');
    await take_(path);
    expect(await lock.isHeld()).toBe(true);
    // As if it had been stopped.
    process.clock.pass(4000);
    const { date } = process.clock;
    Object.assign(process.clock, { date: () => new Date(date().getTime() + 60_000) });
    expect(await lock.isHeld()).toBe(false);
    const before = await readdir(dirname(path));
    await lock.release();
    expect(await readdir(dirname(path))).toEqual(before);
  });

  it('cannot be taken in a folder that is not there', async () => {
    const path = await newPath();
    await mkdir(`${path}.folder`);
    await expect(open(join(path, 'none', 'lock'), startProcess())).rejects.toThrow('ENOENT');
  });
});
