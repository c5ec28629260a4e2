import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { blogdom, serve } from '../../../helpers/command.js';
import * as act from '../../../helpers/name-server.js';

let server: act.NameServer;
beforeAll(async () => {
  server = await serve({ 'live.dev': { A: ['192.0.2.1'] }, 'refused.dev': act.refuse });
});

const statusOf = async (...args: readonly string[]) =>
  (await blogdom(['-s', server.address, '--tries', '2', ...args])).status;

describe('--fail-unless', () => {
  it.each([
    ['a name has the status', ['absent', 'live', 'free'], 0],
    ['a name has one of the statuses', ['taken,absent', 'free'], 0],
    ['a name has the status, but is not printed', ['absent', 'free', '--only', 'live'], 0],
    ['a name has the status, and another one is unknown', ['live', 'live', 'refused'], 1],
    ['no name has the status', ['absent', 'live'], 3],
    ['no name has one of the statuses', ['taken,absent', 'live'], 3],
    ['no name has the status, and one is unknown', ['absent', 'refused'], 3],
    ['there is no name at all', ['live', '--min-length', '60'], 3],
  ])('decides with which status the run ends: %s', async (_case, [list = '', ...args], status) => {
    expect(await statusOf('--fail-unless', list, ...args)).toBe(status);
  });

  it('counts the names that an earlier run has answered', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'blogdom-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'results');
    await writeFile(path, (await blogdom(['-s', server.address, '-o', 'json', 'live'])).stdout);
    expect(await statusOf('--resume', path, '--fail-unless', 'live', 'live')).toBe(0);
    expect(await statusOf('--resume', path, '--fail-unless', 'absent', 'live')).toBe(3);
  });

  it('refuses a status that does not exist, and --watch', async () => {
    expect(await statusOf('--fail-unless', 'available', 'live')).toBe(2);
    expect(await statusOf('--fail-unless', 'live', '--watch', '1', 'live')).toBe(2);
  });
});
