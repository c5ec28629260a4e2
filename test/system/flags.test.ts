import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { allCountries, mostPopulous } from '../../src/commands/flags/countries.js';
import { flag, gifOf, serveFlags } from '../helpers/flag-server.js';
import { debianPython, originalFlags } from '../helpers/original-flags.js';
import { redirect } from '../helpers/rdap-server.js';
import { makeFolder } from '../helpers/system/folder.js';
import { describeSystem } from '../helpers/system/needs.js';
import { run } from '../helpers/system/process.js';

const blogdomFlags = fileURLToPath(new URL('../../bin/blogdom-flags.js', import.meta.url));

const contents = async (folder: string) => {
  const names = (await readdir(folder)).toSorted();
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
};

const withoutOrder = (stdout: string) =>
  stdout
    .replace(/ in .*/, '')
    .split(/\s+/)
    .toSorted();

describeSystem('blogdom-flags compared with the original flags example', ['httpx'], () => {
  it.each([
    ['default flags', mostPopulous, []],
    ['all flags', allCountries, ['--all']],
  ])('saves %s as the same files, byte for byte', async (_what, codes, args) => {
    const server = await serveFlags({
      BR: (request, client) =>
        (request.path.startsWith('/new/') ? flag : redirect('/new/br/br.gif'))(request, client),
    });
    const folder = await makeFolder();
    onTestFinished(folder.remove);
    const [ours, theirs] = [join(folder.path, 'ours'), join(folder.path, 'theirs')];
    await mkdir(theirs);
    const original = await run([debianPython, '-c', originalFlags, server.baseUrl, theirs, ...codes]);
    const command = await run([blogdomFlags, '--base-url', server.baseUrl, '--out', ours, ...args]);
    expect(original).toMatchObject({ status: 0, stderr: '' });
    expect(command).toMatchObject({ status: 0, stderr: '' });
    expect(withoutOrder(command.stdout)).toEqual(withoutOrder(original.stdout));
    expect(await contents(ours)).toEqual(await contents(theirs));
    expect(await contents(ours)).toEqual(codes.toSorted().map((code) => [`${code}.gif`, gifOf(code)]));
  });
});
