import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openFolder } from '../../../src/commands/flags/folder.js';
import { gifOf } from '../../helpers/flag-server.js';
import { makeFolder } from '../../helpers/system/folder.js';

/** Runs between the writing of a temporary file and its renaming; a test may replace it. */
const between = vi.hoisted(() => ({ writeAndRename: () => {} }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    between.writeAndRename();
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});

/** The path of a new folder with these files, which are empty. */
async function folderWith(...names: readonly string[]): Promise<string> {
  const { path, remove } = await makeFolder(Object.fromEntries(names.map((name) => [name, ''])));
  onTestFinished(remove);
  return path;
}

function open(path: string) {
  const folder = openFolder(path);
  return 'problem' in folder ? expect.fail(folder.problem) : folder;
}

describe('openFolder', () => {
  it('creates the folder and its parents', async () => {
    const path = join(await folderWith(), 'a', 'b');
    open(path);
    expect(await readdir(path)).toEqual([]);
  });

  it('knows which flags existed when it was opened', async () => {
    const path = await folderWith();
    for (const name of ['BR.gif', 'CN.png']) await writeFile(join(path, name), gifOf('BR'));
    const folder = open(path);
    folder.save('FR', gifOf('FR'));
    expect(['BR', 'CN', 'FR'].map(folder.has)).toEqual([true, false, false]);
  });

  it('does not count a flag that is not a whole picture', async () => {
    const path = await folderWith('BR.gif');
    await writeFile(join(path, 'CN.gif'), gifOf('CN').subarray(0, -1));
    await writeFile(join(path, 'FR.gif'), '<html>');
    const folder = open(path);
    expect(['BR', 'CN', 'FR'].map(folder.has)).toEqual([false, false, false]);
  });

  it('removes the temporary files of killed runs, and nothing else', async () => {
    const others = ['.BR.gif.part', '.BRA.gif.1.part', 'note.txt'];
    const path = await folderWith('.BR.gif.1a2b.part', '.CN.gif.3c.part', ...others);
    open(path);
    expect((await readdir(path)).toSorted()).toEqual(others);
  });

  it.each([
    ['a path that is a file', 'file', 'EACCES'],
    ['a path inside a file', 'file/flags', 'ENOTDIR'],
    ['a path at which no folder can be created', '/proc/flags/of', 'ENOENT'],
  ])('reports %s', async (_what, path, code) => {
    const out = resolve(await folderWith('file'), path);
    const expectation = '--out: expected a writable folder, or a path where one can be created';
    expect(openFolder(out)).toEqual({ problem: `${expectation}, got "${out}" (${code})` });
  });
});

describe('openFolder(…).save', () => {
  it('saves a flag and leaves no temporary file', async () => {
    const path = await folderWith('BR.gif');
    expect(open(path).save('BR', gifOf('BR'))).toBeUndefined();
    expect(await readdir(path)).toEqual(['BR.gif']);
    expect(await readFile(join(path, 'BR.gif'))).toEqual(gifOf('BR'));
  });

  it('saves a flag even if another run opens the folder at the same time', async () => {
    const path = await folderWith();
    const folder = open(path);
    between.writeAndRename = () => {
      between.writeAndRename = () => {};
      openFolder(path);
    };
    expect(folder.save('BR', gifOf('BR'))).toBeUndefined();
    expect(await readdir(path)).toEqual(['BR.gif']);
    expect(await readFile(join(path, 'BR.gif'))).toEqual(gifOf('BR'));
  });

  it('does not write through a link that leads out of the folder', async () => {
    const [path, outside] = [await folderWith(), join(await folderWith(), 'outside')];
    await writeFile(outside, 'untouched');
    await symlink(outside, join(path, 'BR.gif'));
    expect(open(path).save('BR', gifOf('BR'))).toBeUndefined();
    expect(await readFile(outside, 'utf8')).toBe('untouched');
    expect((await lstat(join(path, 'BR.gif'))).isFile()).toBe(true);
  });

  it('returns the reason, and leaves no temporary file, if a folder has the name of the flag', async () => {
    const path = await folderWith();
    await mkdir(join(path, 'BR.gif'));
    expect(open(path).save('BR', gifOf('BR'))).toBe('cannot be saved (EISDIR)');
    expect(await readdir(path)).toEqual(['BR.gif']);
  });

  it('returns the reason if the folder is gone', async () => {
    const { path, remove } = await makeFolder();
    const folder = open(path);
    await remove();
    expect(folder.save('BR', gifOf('BR'))).toBe('cannot be saved (ENOENT)');
  });
});
