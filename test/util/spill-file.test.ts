import { readdir } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSpillFile } from '../../src/util/spill-file.js';
import { makeFolder } from '../helpers/system/folder.js';

async function spillFile() {
  const folder = await makeFolder();
  const file = createSpillFile(folder.path);
  onTestFinished(async () => {
    await file.close();
    await folder.remove();
  });
  return { file, folder };
}

describe('createSpillFile', () => {
  it('returns texts as they were appended, in any order', async () => {
    const { file } = await spillFile();
    const texts = ['first', '', 'grüß dich', 'a'.repeat(100_000)];
    const spilled = await Promise.all(texts.map(file.append));
    for (const index of [3, 1, 0, 2]) {
      expect(await file.read(spilled[index] ?? expect.fail('Expected a position'))).toBe(texts[index]);
    }
  });

  it('leaves nothing in the folder, even while it is open', async () => {
    const { file, folder } = await spillFile();
    await file.append('text');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('returns undefined if the folder cannot be written to', async () => {
    const file = createSpillFile('/nonexistent');
    expect(await file.append('text')).toBeUndefined();
    await file.close();
  });

  it('returns undefined after it was closed', async () => {
    const { file } = await spillFile();
    await file.close();
    expect(await file.append('text')).toBeUndefined();
  });

  it('may be closed without having been used', async () => {
    await expect(createSpillFile('/nonexistent').close()).resolves.toBeUndefined();
  });
});
