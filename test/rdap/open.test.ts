import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { openRegistries } from '../../src/rdap/open.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import { bootstrapFor } from '../helpers/rdap-server.js';
import { makeFolder } from '../helpers/system/folder.js';

const absent: ProbeResult = {
  ...{ name: 'xyz.dev', word: 'xyz', tld: 'dev', status: 'absent' },
  ...{ addresses: [], tries: 1, ms: 1, evidence: [] },
};

describe('openRegistries', () => {
  it('asks the registries of the given bootstrap file', async () => {
    const { url } = await serveRdap({});
    const folder = await makeFolder({ 'own.json': bootstrapFor({ dev: url }) });
    onTestFinished(folder.remove);
    const bootstrap = join(folder.path, 'own.json');
    const confirm = await openRegistries({ timeout: 10_000, bootstrap, cacheFolder: folder.path });
    if ('problem' in confirm) return expect.fail(confirm.problem);
    expect(await confirm(absent)).toMatchObject({ status: 'unregistered' });
  });

  it('asks the registries of the cached bootstrap file if none is given', async () => {
    const { url } = await serveRdap({});
    const folder = await makeFolder();
    onTestFinished(folder.remove);
    const cacheFolder = join(folder.path, 'blogdom');
    await mkdir(cacheFolder);
    await writeFile(join(cacheFolder, 'rdap-dns.json'), bootstrapFor({ dev: url }));
    const confirm = await openRegistries({ timeout: 10_000, bootstrap: undefined, cacheFolder });
    if ('problem' in confirm) return expect.fail(confirm.problem);
    expect(await confirm(absent)).toMatchObject({ status: 'unregistered' });
  });

  it('reports what is wrong with the given bootstrap file', async () => {
    expect(await openRegistries({ timeout: 10_000, bootstrap: '.', cacheFolder: '.' })).toEqual({
      problem: 'expected an RDAP bootstrap file (RFC 9224), got ".", which cannot be read',
    });
  });
});
