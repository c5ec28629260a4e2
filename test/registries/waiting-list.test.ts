import { describe, expect, it, vi } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { createWaitingList } from '../../src/registries/waiting-list.js';
import type { SpillFile } from '../../src/util/spill-file.js';

const resultOf = (name: string): ProbeResult => ({
  ...{
    name,
    word: name,
    tld: 'dev',
    status: 'absent',
    addresses: [],
    tries: 1,
    ms: 1,
    evidence: ['NXDOMAIN'],
  },
});

/** A file in memory. */
function fakeFile() {
  const texts: string[] = [];
  return {
    append: vi.fn(async (text: string) => ({ position: texts.push(text) - 1, length: text.length })),
    read: async ({ position }) => texts[position] ?? '',
    close: async () => {},
  } satisfies SpillFile;
}

/** Takes everything from a line, and returns the names. */
async function takeAll(list: ReturnType<typeof createWaitingList>, line: string): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const results = await list.take(line);
    if (results.length === 0) return names;
    names.push(...results.map(({ name }) => name));
  }
}

const namesOf = (count: number, prefix = 'x') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('createWaitingList', () => {
  it('returns the results of a line in order, and keeps them in memory if they are few', async () => {
    const file = fakeFile();
    const list = createWaitingList(file, 1000);
    for (const name of namesOf(950)) await list.add('dev', resultOf(name));
    expect(await takeAll(list, 'dev')).toEqual(namesOf(950));
    expect(file.append).not.toHaveBeenCalled();
  });

  it('writes those that are too many to the file, and returns them unchanged and in order', async () => {
    const file = fakeFile();
    const list = createWaitingList(file, 250);
    for (const name of namesOf(1234)) await list.add('dev', resultOf(name));
    expect(file.append).toHaveBeenCalledTimes(10);
    expect(await list.take('dev')).toContainEqual(resultOf('x0'));
    expect(await takeAll(list, 'dev')).toEqual(namesOf(1234).slice(100));
  });

  it('keeps lines apart', async () => {
    const list = createWaitingList(fakeFile(), 100);
    for (const name of namesOf(300)) {
      await list.add('dev', resultOf(name));
      await list.add('app', resultOf(`app-${name}`));
    }
    expect(await takeAll(list, 'dev')).toEqual(namesOf(300));
    expect(await takeAll(list, 'app')).toEqual(namesOf(300, 'app-x'));
    expect(await list.take('zip')).toEqual([]);
  });

  it('loses nothing if the file cannot be written', async () => {
    const list = createWaitingList({ ...fakeFile(), append: async () => undefined }, 100);
    for (const name of namesOf(500)) await list.add('dev', resultOf(name));
    expect(await takeAll(list, 'dev')).toEqual(namesOf(500));
  });

  it('returns a result once if it is taken while it is being written', async () => {
    let written = () => {};
    const append = () =>
      new Promise<{ position: number; length: number }>((resolve) => {
        written = () => resolve({ position: 0, length: 0 });
      });
    const list = createWaitingList({ ...fakeFile(), append }, 0);
    for (const name of namesOf(99)) await list.add('dev', resultOf(name));
    const added = list.add('dev', resultOf('x99'));
    expect(await takeAll(list, 'dev')).toEqual(namesOf(100));
    written();
    await added;
    expect(await list.take('dev')).toEqual([]);
  });
});
