import { chmod, lstat, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkReplaceable, followLinks, replaceFile } from '../../src/util/replace-file.js';
import { makeFolder } from '../helpers/system/folder.js';

async function newFolder(): Promise<string> {
  const { path, remove } = await makeFolder();
  onTestFinished(remove);
  return path;
}

describe('replaceFile', () => {
  it.each(['a file that is there', 'a file that is not there'])(
    'writes %s, and nothing else',
    async (which) => {
      const folder = await newFolder();
      const path = join(folder, 'file');
      if (which === 'a file that is there') await writeFile(path, 'a longer text that was there before');
      replaceFile(path, 'new');
      expect(await readFile(path, 'utf8')).toBe('new');
      expect(await readdir(folder)).toEqual(['file']);
    },
  );

  it('replaces a link, and not the file that it leads to', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'other'), 'untouched');
    await symlink(join(folder, 'other'), join(folder, 'file'));
    replaceFile(join(folder, 'file'), 'new');
    expect(await readFile(join(folder, 'other'), 'utf8')).toBe('untouched');
    expect((await lstat(join(folder, 'file'))).isFile()).toBe(true);
  });

  it.each([true, false])(
    'replaces the file at the end of links if they are followed and it is there: %s',
    async (isThere) => {
      const folder = await newFolder();
      await mkdir(join(folder, 'below'));
      if (isThere) await writeFile(join(folder, 'below', 'other'), 'old');
      await symlink('below/other', join(folder, 'link'));
      await symlink('link', join(folder, 'file'));
      replaceFile(followLinks(join(folder, 'file')), 'new');
      expect(await readFile(join(folder, 'below', 'other'), 'utf8')).toBe('new');
      expect(await readdir(join(folder, 'below'))).toEqual(['other']);
      expect(await readlink(join(folder, 'file'))).toBe('link');
    },
  );

  it('keeps the permissions of a file', async () => {
    const path = join(await newFolder(), 'file');
    await writeFile(path, 'old', { mode: 0o600 });
    await chmod(path, 0o604);
    replaceFile(path, 'new');
    expect((await stat(path)).mode & 0o7777).toBe(0o604);
  });

  it('throws the error of the system, and leaves nothing behind', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'file'));
    await writeFile(join(folder, 'other'), '');
    expect(() => replaceFile(join(folder, 'file'), 'new')).toThrow('EISDIR');
    expect(() => replaceFile(join(folder, 'missing', 'file'), 'new')).toThrow('ENOENT');
    expect(() => replaceFile(join(folder, 'other', 'file'), 'new')).toThrow('ENOTDIR');
    expect((await readdir(folder)).toSorted()).toEqual(['file', 'other']);
  });
});

describe('checkReplaceable', () => {
  it('accepts a file that can be replaced or created, and changes nothing', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), 'untouched');
    checkReplaceable(join(folder, 'file'));
    checkReplaceable(join(folder, 'new'));
    expect(await readdir(folder)).toEqual(['file']);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('untouched');
  });

  it('throws if a folder is missing, or the path is a folder or a device', async () => {
    const folder = await newFolder();
    expect(() => checkReplaceable(join(folder, 'missing', 'file'))).toThrow('ENOENT');
    expect(() => checkReplaceable(folder)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
    for (const use of [checkReplaceable, (path: string) => replaceFile(path, '')])
      expect(() => use('/dev/null')).toThrow('it is not a regular file');
  });
});
