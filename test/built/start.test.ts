import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { version } from '../../src/commands/shared/version.js';

/** Copies what is installed, and gives a way to run the command there. */
async function install() {
  const folder = await mkdtemp(join(tmpdir(), 'blogdom-start-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const part of ['bin', 'dist', 'package.json']) await cp(part, join(folder, part), { recursive: true });
  const run = async (...args: readonly string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'bin/blogdom.js'), ...args]);
    return stdout;
  };
  return { folder, cache: join(folder, 'dist/commands/blogdom/main.cjs.cache'), run };
}

it('the build keeps the compiled code of the command', async () => {
  expect((await stat('dist/commands/blogdom/main.cjs.cache')).size).toBeGreaterThan(50_000);
});

it.each<[string, (cache: string) => Promise<void>]>([
  ['with its compiled code', async () => {}],
  ['without it', (cache) => rm(cache)],
  ['where that is damaged', (cache) => writeFile(cache, 'rubbish')],
])('the command runs %s', async (_what, change) => {
  const { cache, run } = await install();
  await change(cache);
  expect(await run('as', 'is', '--list')).toBe('as.dev\nis.dev\n');
});

it('the version is there without the command', async () => {
  const { folder, run } = await install();
  await writeFile(join(folder, 'dist/commands/blogdom/main.cjs'), 'throw new Error("loaded")');
  expect([await run('--version'), await run('-V')]).toEqual([`${version}\n`, `${version}\n`]);
  await expect(run('--version', '--list')).rejects.toThrow();
});
