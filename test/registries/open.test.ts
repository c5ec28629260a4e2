import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { openRegistries, type Run } from '../../src/registries/open.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import { bootstrapFor, found } from '../helpers/rdap-server.js';
import { makeFolder } from '../helpers/system/folder.js';

/** A run in whose DNS the name `google.dev` exists. */
const run: Run = {
  async probe({ name, word, tld }) {
    const status = name === 'google.dev' ? 'live' : 'absent';
    return { name, word, tld, status, addresses: [], tries: 1, ms: 1, evidence: [] };
  },
  note() {},
};

async function* probed(status: 'absent' | 'live' = 'absent'): AsyncGenerator<ProbeResult[]> {
  const result = { name: 'xyz.dev', word: 'xyz', tld: 'dev', status };
  yield [{ ...result, addresses: [], tries: 1, ms: 1, evidence: [] }];
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const array: Item[] = [];
  for await (const item of items) array.push(item);
  return array;
}

describe('openRegistries', () => {
  it('asks the registries of the given bootstrap file', async () => {
    const { url } = await serveRdap({ 'google.dev': found() });
    const folder = await makeFolder({ 'own.json': bootstrapFor({ dev: url }) });
    onTestFinished(folder.remove);
    const bootstrap = join(folder.path, 'own.json');
    const registries = await openRegistries({
      scope: 'unanswered',
      timeout: 10_000,
      bootstrap,
      cacheFolder: undefined,
    });
    if ('problem' in registries) return expect.fail(registries.problem);
    expect(await all(registries.createConfirmer(run).confirmAll(probed()))).toMatchObject([
      [{ status: 'unregistered' }],
    ]);
  });

  it('asks about live names, too, if all are in the scope', async () => {
    const { url } = await serveRdap(() => found(['client hold']));
    const folder = await makeFolder({ 'own.json': bootstrapFor({ dev: url }) });
    onTestFinished(folder.remove);
    const registries = await openRegistries({
      ...{ scope: 'all', timeout: 10_000, cacheFolder: undefined },
      bootstrap: join(folder.path, 'own.json'),
    });
    if ('problem' in registries) return expect.fail(registries.problem);
    expect(await all(registries.createConfirmer(run).confirmAll(probed('live')))).toMatchObject([
      [{ status: 'live', reason: 'client hold' }],
    ]);
  });

  it('asks no registry in plain text if names are private', async () => {
    const folder = await makeFolder({ 'own.json': bootstrapFor({ dev: 'http://127.0.0.1/' }) });
    onTestFinished(folder.remove);
    const registries = await openRegistries({
      ...{ scope: 'all', timeout: 10_000, cacheFolder: undefined, isPrivate: true },
      bootstrap: join(folder.path, 'own.json'),
    });
    if ('problem' in registries) return expect.fail(registries.problem);
    const reason = 'could not be confirmed: the registry of .dev is asked in plain text';
    expect(await all(registries.createConfirmer(run).confirmAll(probed()))).toMatchObject([
      [{ status: 'absent', reason }],
    ]);
  });

  it('asks the registries of the cached bootstrap file if none is given', async () => {
    const { url } = await serveRdap({ 'google.dev': found() });
    const folder = await makeFolder();
    onTestFinished(folder.remove);
    const cacheFolder = join(folder.path, 'blogdom');
    await mkdir(cacheFolder);
    await writeFile(join(cacheFolder, 'rdap-dns.json'), bootstrapFor({ dev: url }));
    const registries = await openRegistries({
      scope: 'unanswered',
      timeout: 10_000,
      bootstrap: undefined,
      cacheFolder,
    });
    if ('problem' in registries) return expect.fail(registries.problem);
    expect(await all(registries.createConfirmer(run).confirmAll(probed()))).toMatchObject([
      [{ status: 'unregistered' }],
    ]);
  });

  it('reports what is wrong with the given bootstrap file', async () => {
    expect(
      await openRegistries({ scope: 'unanswered', timeout: 10_000, bootstrap: '.', cacheFolder: '.' }),
    ).toEqual({
      problem: 'expected an RDAP bootstrap file (RFC 9224), got ".": it cannot be read',
    });
  });
});
