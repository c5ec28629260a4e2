import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openFolder } from '../../../src/commands/flags/folder.js';
import { gifOf } from '../../helpers/flag-server.js';
import { makeFolder } from '../../helpers/system/folder.js';

const between = vi.hoisted(() => ({ writeAndRename: () => {} }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    between.writeAndRename();
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});

it('saves a flag although another run begins, and clears the folder, in the middle of it', async () => {
  const { path, remove } = await makeFolder();
  onTestFinished(remove);
  const folder = openFolder(path);
  if ('problem' in folder) throw new Error(folder.problem);
  between.writeAndRename = () => {
    between.writeAndRename = () => {};
    openFolder(path);
  };
  expect(folder.save('BR', gifOf('BR'))).toBeUndefined();
  expect(await readdir(path)).toEqual(['BR.gif']);
  expect(await readFile(join(path, 'BR.gif'))).toEqual(gifOf('BR'));
});

it('says why where the folder is gone', async () => {
  const { path, remove } = await makeFolder();
  const folder = openFolder(path);
  await remove();
  if ('problem' in folder) throw new Error(folder.problem);
  expect(folder.save('BR', gifOf('BR'))).toBe('cannot be saved (ENOENT)');
});
