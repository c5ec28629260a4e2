import { execFile } from 'node:child_process';
import { copyFile, link, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { one, serve } from '../helpers/resolving.js';

const extension = process.platform === 'win32' ? '.exe' : '';
/** A folder with the binary and nothing else. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blogdom-'));
  await promisify(execFile)(process.execPath, ['scripts/binary.js']);
  const binary = join(folder, `blogdom${extension}`);
  await copyFile(`build/blogdom${extension}`, binary);
  await link(binary, join(folder, `blogdom-flags${extension}`));
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

/** Runs a command of the folder, without any program on its path. */
const run = (name: string, ...args: readonly string[]) =>
  promisify(execFile)(join(folder, name), args, { cwd: folder, env: { PATH: folder }, timeout: 20_000 });

describe('the single executable', { timeout: 30_000 }, () => {
  it('looks names up, and prints nothing else', async () => {
    const { address } = await serve({ 'x.dev': one });
    const ended = await run('blogdom', '-s', address, 'x', '--format', 'json');
    expect(ended.stderr).toBe('');
    expect(JSON.parse(ended.stdout)).toMatchObject({ name: 'x.dev', status: 'live' });
  });

  it('understands options, and explains a wrong one', async () => {
    expect((await run('blogdom', '--list', 'not')).stdout).toBe('not.dev\n');
    await expect(run('blogdom', '--lst')).rejects.toMatchObject({
      code: 2,
      stderr: 'blogdom: unknown option --lst: did you mean --list?\n',
    });
  });

  it('is the second command if that is its name', async () => {
    expect((await run('blogdom-flags', '--version')).stdout).toBe(`${packageJson.version}\n`);
    expect((await run('blogdom-flags', '--help')).stdout).toContain('Usage: blogdom-flags');
  });
});
