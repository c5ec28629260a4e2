import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../helpers/system/folder.js';
import { blogdomFlags, openDownloading } from './downloading.js';

const country = 'expected a country code, such as BR, or the letter that some begin with, got';
const url = '--base-url: expected an http or https URL, with a host and a path only, got';

describe('a wrong use is one line that says what was expected and what was got, with status 2', () => {
  it.each([
    [['XX'], `${country} "XX"`],
    [['x'], `${country} "x"`],
    [['BRA'], `${country} "BRA"`],
    [['../BR'], `${country} "../BR"`],
    [[''], `${country} ""`],
    [['\x1b[31m'], `${country} "\\x1b[31m"`],
    [['--concurrency=0'], '--concurrency: expected a whole number from 1 to 1000, got "0"'],
    [['--timeout=0'], '--timeout: expected seconds above 0, up to 3600, got "0"'],
    [['--limit=0'], '--limit: expected a whole number from 1 to 249, got "0"'],
    [['--base-url=flags'], `${url} "flags"`],
    [['--base-url=file:///flags'], `${url} "file:///flags"`],
    [['--base-url=http://me:secret@127.0.0.1/'], `${url} "http://me:secret@127.0.0.1/"`],
    [['--base-url=http://127.0.0.1/?q'], `${url} "http://127.0.0.1/?q"`],
    [['--every'], "unknown option '--every': expected one that blogdom-flags --help lists"],
  ])('%j', async (args, message) => {
    const { run, server, files } = await openDownloading();
    expect(await run('BR', ...args)).toEqual({
      stdout: '',
      stderr: `blogdom-flags: ${message}\n`,
      status: 2,
    });
    expect(server.requests).toEqual([]);
    await expect(files()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([
    ['is a file', 'file', 'EACCES'],
    ['is in a file', 'file/flags', 'ENOTDIR'],
    ['is where nobody can make one', '/proc/flags/of', 'ENOENT'],
  ])('an --out that %s', async (_what, path, code) => {
    const { run, server } = await openDownloading();
    const folder = await makeFolder({ file: '' });
    onTestFinished(folder.remove);
    const out = resolve(folder.path, path);
    const { stdout, stderr, status } = await run('BR', '--out', out);
    expect(stderr).toMatch(/^blogdom-flags: --out: expected a folder, or a place for one, [^\n]+\n$/);
    expect(stderr).toContain(`(${code})`);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(server.requests).toEqual([]);
  });
});

it.each(['', '/', '/data/flags', '/data/flags/'])('takes a base URL that ends in "%s"', async (path) => {
  const { run, server, out } = await openDownloading();
  await writeFile(`${out}.txt`, '');
  expect((await run('BR', '--base-url', new URL(server.url).origin + path)).status).toBe(0);
  expect(server.requests.map((request) => request.path)).toEqual([`${path.replace(/\/$/, '')}/br/br.gif`]);
});

it.each(['--version', '-V'])('%s prints the version of the package', async (option) => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  expect(await blogdomFlags(option)).toEqual({ stdout: `${version}\n`, stderr: '', status: 0 });
});

it('-h prints the same as --help, which the README shows', async () => {
  const help = await blogdomFlags('--help');
  expect(await blogdomFlags('-h')).toEqual(help);
  expect(help).toMatchObject({ stderr: '', status: 0 });
  expect(help.stdout).toMatch(/^Usage: blogdom-flags /);
});
