import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Running, startBlogdom } from '../helpers/built-command.js';
import { afterFile } from '../helpers/closing.js';
import { serve } from '../helpers/command.js';
import { deny, type NameServer } from '../helpers/name-server.js';
import { makeFolder } from '../helpers/system/folder.js';

let server: NameServer;
beforeAll(async () => {
  server = await serve(() => deny);
});

/** Makes a folder with a file of words; returns the path of a file in it that is not there. */
async function newFile(words: readonly string[] = []): Promise<{ results: string; words: string }> {
  const folder = await makeFolder({ words: words.join('\n') });
  afterFile(folder.remove);
  return { results: join(folder.path, 'run.json'), words: join(folder.path, 'words') };
}

const start = (...args: readonly string[]) => startBlogdom(['-s', server.address, '--no-canary', ...args]);

async function namesIn(path: string): Promise<string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  // The last line has its LF.
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line).name);
}

/** Kills a command after it has printed some lines, or after so many milliseconds. */
async function killSoon(running: Running, point: { readonly lines: number } | { readonly ms: number }) {
  if ('ms' in point) await new Promise((resolve) => setTimeout(resolve, point.ms));
  else for (let line = 0; line < point.lines; line++) await running.stdout.nextLine();
  running.kill();
  await running.ended;
}

describe.concurrent('blogdom --resume', () => {
  it('goes on after kill -9 at any point, and loses or doubles no name', async () => {
    const words = Array.from({ length: 20_000 }, (_, index) => `w${index}`);
    const { results, words: file } = await newFile(words);
    const args = ['--resume', results, '-f', file];
    const points = [
      { ms: 30 },
      { ms: 90 },
      { lines: 1 },
      { lines: 1000 },
      { ms: 150 },
      { lines: 1 },
      { lines: 3000 },
    ];
    for (const point of points) await killSoon(start(...args), point);
    expect(await start(...args).ended).toMatchObject({ stderr: '', status: 0 });
    expect((await namesIn(results)).toSorted()).toEqual(words.map((word) => `${word}.dev`).toSorted());
  });

  it('has in the file what it has printed when it is ended by Ctrl-C', async () => {
    const { results } = await newFile();
    const running = start('--resume', results, 'a', '-');
    expect(await running.stdout.nextLine()).toBe('  a.dev');
    running.interrupt();
    expect(await running.ended).toEqual({ stdout: '  a.dev\n', stderr: '', status: 130 });
    expect(await namesIn(results)).toEqual(['a.dev']);
  });

  it('lets one run at a time use the file, until that run is killed', async () => {
    const { results } = await newFile();
    const first = start('--resume', results, 'a', '-');
    await first.stdout.nextLine();
    const second = await start('--resume', results, 'b').ended;
    expect(second).toEqual({
      stdout: '',
      stderr: expect.stringMatching(
        /^blogdom: expected a file that no other blogdom is using, got ".*": process \d+ on ".*" has used it since .*Z\n$/,
      ),
      status: 2,
    });
    first.kill();
    await first.ended;
    expect((await start('--resume', results, 'c').ended).status).toBe(0);
    expect(await namesIn(results)).toEqual(['a.dev', 'c.dev']);
  });
});

describe.concurrent('blogdom --watch', () => {
  it.each([
    ['Ctrl-C', (running: Running) => running.interrupt(), 130],
    ['SIGTERM', (running: Running) => running.terminate(), 143],
  ])('ends at %s while it waits for the next round', async (_signal, send, status) => {
    const running = start('--watch', '60', 'a');
    await running.stdout.nextLine();
    // Long enough that the round has ended.
    await new Promise((resolve) => setTimeout(resolve, 200));
    send(running);
    expect(await running.ended).toEqual({ stdout: '  a.dev\n', stderr: '', status });
  });
});
