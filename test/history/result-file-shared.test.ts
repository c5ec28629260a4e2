import { link, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseResult } from '../../src/history/parse-result.js';
import { openResumed, type Resumed } from '../../src/history/resume.js';
import { absent } from '../formats/results.js';
import { afterFile } from '../helpers/closing.js';
import { makeFolder } from '../helpers/system/folder.js';
import { type PlayedProcess, startProcess } from './processes.js';
import { signal } from './results.js';
import { answeredIn, names, runAt } from './runs.js';

/** Makes a file with a text that has several names, in folders of their own: the lock at one name is not seen from the others. */
async function fileOf(text: string, count = 2): Promise<[string, ...string[]]> {
  const folders = await Promise.all(Array.from({ length: count }, () => makeFolder()));
  for (const { remove } of folders) afterFile(remove);
  const [path = '', ...others] = folders.map((folder) => join(folder.path, 'run.json'));
  await writeFile(path, text);
  for (const other of others) await link(path, other);
  return [path, ...others];
}

async function open(
  path: string,
  notes: string[] = [],
  process: PlayedProcess = startProcess(),
): Promise<Resumed> {
  const options = { path, keepsResults: false, note: (note: string) => void notes.push(note) };
  const resumed = await openResumed(options, process, signal);
  return 'problem' in resumed ? expect.fail(resumed.problem) : resumed;
}

async function skip({ skip }: Resumed, ...asked: readonly string[]): Promise<readonly string[]> {
  async function* batches() {
    yield asked.map((name) => ({ name, word: name, tld: 'dev' }));
  }
  const left: string[] = [];
  for await (const batch of skip(batches(), () => {})) left.push(...[...batch].map(({ name }) => name));
  return left;
}

const record = ({ record }: Resumed, ...found: readonly string[]) =>
  record(found.map((name) => ({ ...absent, name })));

describe.concurrent('a file of results to which two runs append that do not see each other', () => {
  it('gets each name once', async () => {
    const [path, other] = await fileOf('');
    const notes: string[] = [];
    const one = await open(path, notes);
    const two = await open(other ?? '');
    expect(await skip(one, 'a.dev', 'b.dev', 'c.dev')).toEqual(['a.dev', 'b.dev', 'c.dev']);
    expect(await skip(two, 'a.dev', 'b.dev', 'd.dev', 'f.dev')).toHaveLength(4);
    await record(two, 'a.dev', 'd.dev');
    await record(one, 'a.dev', 'b.dev');
    expect(await skip(one, 'd.dev', 'e.dev')).toEqual(['e.dev']);
    await record(two, 'b.dev', 'f.dev');
    await record(one, 'c.dev', 'e.dev');
    await Promise.all([one.close(), two.close()]);
    expect(await answeredIn(path)).toEqual(['a.dev', 'b.dev', 'c.dev', 'd.dev', 'e.dev', 'f.dev']);
    expect(notes).toEqual([
      `another program is adding results to "${path}", too; names that it has answered are not asked for`,
    ]);
  });

  it.each([2, 10])('has only whole lines, and every name once, after %i runs at a time', async (count) => {
    const paths = await fileOf('', count);
    await Promise.all(paths.map((path, index) => runAt(path, startProcess(), names.slice(index % 3))));
    const [path] = paths;
    expect(await answeredIn(path)).toEqual(names);
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.filter((line) => line.trim() !== '' && parseResult(line) === undefined)).toEqual([]);
  });

  it('gets a line feed after a line that the other one has not ended', async () => {
    const [path, other] = await fileOf('');
    const one = await open(path);
    await writeFile(other ?? '', '{"name":"cut.d', { flag: 'a' });
    await record(one, 'a.dev');
    await one.close();
    expect(await answeredIn(path)).toEqual(['a.dev']);
  });
});

describe.concurrent('a file of results that another program changes in mid-run', () => {
  it.each([
    ['emptied', (path: string) => truncate(path), /^another program has emptied or cut ".*run.json"$/],
    [
      'replaced',
      async (path: string) => {
        await writeFile(`${path}.new`, await readFile(path));
        await rename(`${path}.new`, path);
      },
      /^another program has replaced or removed ".*run.json"$/,
    ],
    [
      'removed',
      (path: string) => rename(path, `${path}.old`),
      /^another program has replaced or removed ".*run.json"$/,
    ],
    [
      'damaged',
      (path: string) => writeFile(path, `${'x'.repeat(2000)}\n`),
      /^another program has damaged ".*run.json"$/,
    ],
  ])('is noticed when it is %s, at the next result and at the end', async (_, change, message) => {
    for (const isLast of [true, false]) {
      const [path] = await fileOf('', 1);
      const resumed = await open(path);
      await record(resumed, 'a.dev');
      await change(path);
      if (!isLast) expect((await record(resumed, 'b.dev')).failure?.message).toMatch(message);
      if (isLast) await expect(resumed.close()).rejects.toThrow(message);
      else await resumed.close();
    }
  });
});
