import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../src/formats/format.js';
import type { LockPlatform } from '../../src/history/held-lock.js';
import { openResultFile } from '../../src/history/result-file.js';
import { type FileSystem, systemFiles } from '../../src/util/file-system.js';
import { afterFile } from '../helpers/closing.js';
import { makeFolder } from '../helpers/system/folder.js';
import { startProcess } from './processes.js';
import { lineOf, signal } from './results.js';

/** Makes a file with a text in a folder of its own; returns its path. */
async function fileOf(text: string): Promise<string> {
  const folder = await makeFolder({ 'run.json': text });
  afterFile(folder.remove);
  return join(folder.path, 'run.json');
}

/** Opens a file, and notes what is told. */
function open(
  path: string,
  onAnswer: (result: Recorded) => boolean,
  platform: LockPlatform = startProcess(),
  notes: string[] = [],
) {
  const ignore = () => {};
  const readers = {
    onAnswer,
    onUnanswered: ignore,
    onAdded: ignore,
    note: (note: string) => notes.push(note),
  };
  return openResultFile(path, readers, platform, signal);
}

/** Opens a file, appends lines, closes it, and returns its text, the names that have an answer in it, and what was told. */
async function goOn(path: string, lines = '') {
  const names: string[] = [];
  const notes: string[] = [];
  const isNew = ({ name }: Recorded) => !names.includes(name) && names.push(name) > 0;
  const file = await open(path, isNew, startProcess(), notes);
  if ('problem' in file) return file;
  if (lines) await file.append(() => lines.split(/^/m));
  await file.close();
  return { names, text: await readFile(path, 'utf8'), ...(notes.length > 0 && { notes }) };
}

const one = lineOf('one.dev', 'live', 'ü');
const two = lineOf('two.dev', 'absent');
const three = lineOf('three.dev', 'taken');
const unanswered = lineOf('open.dev', 'unknown');

describe.concurrent('a file of results', () => {
  it('is created, and keeps what is appended', async () => {
    const path = `${await fileOf('')}.new`;
    expect(await goOn(path, one)).toEqual({ names: [], text: one });
    expect(await goOn(path, two)).toEqual({ names: ['one.dev'], text: one + two });
    expect(await goOn(path)).toEqual({ names: ['one.dev', 'two.dev'], text: one + two });
  });

  it('loses the lines of names without an answer, wherever they are', async () => {
    const path = await fileOf(unanswered + one + unanswered + unanswered + two + unanswered);
    expect(await goOn(path, three)).toEqual({ names: ['one.dev', 'two.dev'], text: one + two + three });
    expect(await goOn(await fileOf(unanswered))).toEqual({ names: [], text: '' });
  });

  it('keeps the first answer of a name', async () => {
    const path = await fileOf(one + two + lineOf('one.dev', 'taken'));
    expect(await goOn(path)).toEqual({ names: ['one.dev', 'two.dev'], text: one + two });
  });

  // Each cut takes a file and a lock, which takes a while on a busy machine.
  it('keeps a last line that is cut, and ends it, wherever that is', { timeout: 30_000 }, async () => {
    for (let cut = 1; cut < three.length - 1; cut += 7) {
      const part = three.slice(0, cut);
      const path = await fileOf(one + two + part);
      const { ino } = await stat(path);
      expect(await goOn(path, three)).toEqual({
        names: ['one.dev', 'two.dev'],
        text: `${one}${two}${part}\n${three}`,
      });
      expect((await stat(path)).ino).toBe(ino);
    }
  });

  it('gets the LF that its last line lacks', async () => {
    expect(await goOn(await fileOf(one + two.trimEnd()), three)).toMatchObject({ text: one + two + three });
    expect(await goOn(await fileOf(unanswered + one.trimEnd()), two)).toMatchObject({ text: one + two });
    expect(await goOn(await fileOf(one + unanswered.trimEnd()), two)).toMatchObject({ text: one + two });
  });

  it.each([
    ['a list of names', 'one.dev\ntwo.dev\n', 1],
    ['one name without an LF', 'one.dev', 1],
    ['another JSON file', '{\n  "name": "blogdom"\n}\n', 1],
  ])('is not changed if it is %s', async (_, text, line) => {
    const path = await fileOf(text);
    expect(await goOn(path)).toEqual({
      problem: expect.stringMatching(
        new RegExp(`^expected a file of results .*, got ".*run.json": line ${line} is not a result$`),
      ),
    });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('keeps its permissions, and a link to it, when it is rewritten', async () => {
    const path = await fileOf(unanswered + one);
    await chmod(path, 0o640);
    const link = `${path}.link`;
    await symlink(path, link);
    expect(await goOn(link)).toEqual({ names: ['one.dev'], text: one });
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readFile(path, 'utf8')).toBe(one);
    expect((await readdir(join(path, '..'))).toSorted()).toEqual(['run.json', 'run.json.link']);
  });

  it('keeps lines that are not results, skips them, and tells it once', async () => {
    const path = await fileOf(
      `${one}broken\n${two}${three.slice(0, 20)}${three}${'x'.repeat(3_000_000)}\n${unanswered}`,
    );
    expect(await goOn(path)).toEqual({
      names: ['one.dev', 'two.dev'],
      text: `${one}broken\n${two}${three.slice(0, 20)}${three}${'x'.repeat(3_000_000)}\n`,
      notes: [
        expect.stringMatching(
          /^3 lines of ".*run.json" are not results, and are skipped; the first one is line 2$/,
        ),
      ],
    });
  });

  it('is not replaced if it has another name, too', async () => {
    const path = await fileOf(unanswered + one);
    await link(path, `${path}.link`);
    expect(await goOn(path, two)).toEqual({ names: ['one.dev'], text: unanswered + one + two });
    expect(await readFile(`${path}.link`, 'utf8')).toBe(unanswered + one + two);
  });

  it('is never written through a link that somebody has put there', async () => {
    const path = await fileOf(unanswered + one);
    await writeFile(`${path}.other`, 'untouched');
    await symlink(`${path}.other`, `${path}.blogdom-copy`);
    expect(await goOn(path)).toEqual({ names: ['one.dev'], text: one });
    expect(await readFile(`${path}.other`, 'utf8')).toBe('untouched');
  });

  it('is converted if it is in UTF-16, and else unchanged', async () => {
    const path = await fileOf('');
    for (const before of [one + two, one + unanswered + two, one + two.trimEnd()]) {
      await writeFile(path, `\ufeff${before}`, 'utf16le');
      expect(await goOn(path, three)).toEqual({ names: ['one.dev', 'two.dev'], text: one + two + three });
    }
    await writeFile(path, one, 'utf16le');
    expect(await goOn(path)).toEqual({
      problem: expect.stringMatching(/: it is in UTF-16 without a byte order mark; expected UTF-8$/),
    });
    expect(await readFile(path, 'utf16le')).toBe(one);
  });

  it('is used by one at a time, by whatever path', async () => {
    const path = await fileOf(one);
    await symlink(path, `${path}.link`);
    const file = await open(path, () => true);
    if ('problem' in file) return expect.fail(file.problem);
    expect(await goOn(`${path}.link`)).toEqual({
      problem: expect.stringMatching(
        /^expected a file that no other blogdom is using, got ".*run.json.link": process \d+ on "here" has used it since .*Z$/,
      ),
    });
    await file.close();
    expect(await goOn(`${path}.link`)).toMatchObject({ text: one });
  });

  it.each([
    ['without the LF of its last line', Buffer.byteLength(one + two) - 1, 2],
    ['up to the LF of its last line', Buffer.byteLength(one + two), 2],
    ['but for the last octet of a line', Buffer.byteLength(one + two) - 2, 1],
    ['not at all', 0, 0],
  ])(
    'tells how many lines it has got when a disk becomes full, with a batch that is there %s',
    async (_, room, count) => {
      const path = `${await fileOf('')}.new`;
      let free = room;
      const small: FileSystem = {
        ...systemFiles,
        async open(...values) {
          const file = await systemFiles.open(...values);
          if (values[0] !== path) return file;
          return new Proxy(file, {
            get(target, key) {
              const value = Reflect.get(target, key);
              if (typeof value !== 'function') return value;
              if (key !== 'write') return value.bind(target);
              return async (octets: Uint8Array, start: number, length: number) => {
                if (free === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
                const { bytesWritten } = await target.write(octets, start, Math.min(length, free));
                free -= bytesWritten;
                return { bytesWritten };
              };
            },
          });
        },
      };
      const file = await open(path, () => true, startProcess('here', small));
      if ('problem' in file) return expect.fail(file.problem);
      expect(await file.append(() => [one, two, three])).toMatchObject({
        count,
        failure: { message: expect.stringMatching(/^cannot write the results to ".*": the disk is full$/) },
      });
      await file.close();
      expect(await goOn(path)).toMatchObject({ names: ['one.dev', 'two.dev'].slice(0, count) });
    },
  );

  it('is only appended to, and that is told, where no lock can be created', async () => {
    const path = await fileOf(unanswered + one);
    const locked: FileSystem = {
      ...systemFiles,
      open: async (...values) => {
        if (values[1] === 'wx') throw Object.assign(new Error('refused'), { code: 'EACCES' });
        return systemFiles.open(...values);
      },
    };
    const notes: string[] = [];
    const file = await open(path, () => true, startProcess('here', locked), notes);
    if ('problem' in file) return expect.fail(file.problem);
    await file.append(() => [two]);
    await file.close();
    expect(await readFile(path, 'utf8')).toBe(unanswered + one + two);
    expect(notes).toEqual([`"${path}" cannot be locked (EACCES): see that no other run uses it`]);
  });

  it('has to be a file in a folder that is there', async () => {
    const path = await fileOf('');
    await mkdir(`${path}.folder`);
    expect(await goOn(`${path}.folder`)).toEqual({ problem: expect.stringMatching(/: it is a folder$/) });
    expect(await goOn(`${path}.none/a`)).toEqual({
      problem: expect.stringMatching(/: there is no such folder$/),
    });
    expect(await goOn(`${path}/a`)).toEqual({
      problem: expect.stringMatching(/: a part of the path is not a folder$/),
    });
  });

  it.skipIf(process.platform !== 'linux')('cannot be a device', async () => {
    expect(await goOn('/dev/full')).toEqual({
      problem: expect.stringMatching(/: it is not a regular file$/),
    });
  });
});
