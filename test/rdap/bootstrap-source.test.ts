import { link, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { givenBootstrap, publishedBootstrap } from '../../src/rdap/bootstrap-source.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';
import { makeFolder } from '../helpers/system/folder.js';

const kept = act.bootstrapFor({ dev: 'https://kept.example/' });
const newer = act.bootstrapFor({ dev: 'https://newer.example/' });
const builtIn = ['https://pubapi.registry.google/rdap/'];
const hour = 60 * 60 * 1000;

/** A cache folder, in which there may be a registry of some age. */
async function cacheFolder(text?: string, hoursAgo = 0): Promise<string> {
  const folder = await makeFolder();
  onTestFinished(folder.remove);
  const cache = join(folder.path, 'blogdom');
  if (text === undefined) return cache;
  await mkdir(cache);
  const file = join(cache, 'rdap-dns.json');
  await writeFile(file, text);
  const then = new Date(Date.now() - hoursAgo * hour);
  await utimes(file, then, then);
  return cache;
}

const publish = (action: act.Action = act.content(newer)) => serveRdap(() => action, { tls: false });

const textIn = (folder: string) => readFile(join(folder, 'rdap-dns.json'), 'utf8');
const urlsIn = async (folder: string, { url }: { url: string }) =>
  (await publishedBootstrap(folder, url)).find('x.dev');

describe('the published registry', () => {
  it('is fetched where there is none, kept as it came, and not fetched again that day', async () => {
    const [folder, server] = [await cacheFolder(), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://newer.example/']);
    expect(await readdir(folder)).toEqual(['rdap-dns.json']);
    expect(await textIn(folder)).toBe(newer);
    expect(await urlsIn(folder, server)).toEqual(['https://newer.example/']);
    expect(server.requests).toHaveLength(1);
  });

  it('is not fetched where what is kept is less than a day old', async () => {
    const [folder, server] = [await cacheFolder(kept, 23), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://kept.example/']);
    expect(server.requests).toEqual([]);
  });

  it('is fetched once where what is kept is older, and takes its place', async () => {
    const [folder, server] = [await cacheFolder(kept, 25), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://newer.example/']);
    expect(await textIn(folder)).toBe(newer);
    await urlsIn(folder, server);
    expect(server.requests).toHaveLength(1);
  });

  it('is fetched where what is kept is from a clock far ahead', async () => {
    const [folder, server] = [await cacheFolder(kept, -48), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://newer.example/']);
  });

  it.each([
    ['empty', ''],
    ['cut off', kept.slice(0, -20)],
    ['something else', '{"version":"1.0"}'],
  ])('takes the place of what is kept and %s, whatever its age', async (_what, text) => {
    const [folder, server] = [await cacheFolder(text), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://newer.example/']);
    expect(await textIn(folder)).toBe(newer);
  });

  it('is put in place of the old file, not written into it, so that nobody reads a half', async () => {
    const [folder, server] = [await cacheFolder(kept, 25), await publish()];
    const opened = join(folder, '..', 'opened');
    await link(join(folder, 'rdap-dns.json'), opened);
    await urlsIn(folder, server);
    expect(await textIn(folder)).toBe(newer);
    expect(await readFile(opened, 'utf8')).toBe(kept);
  });

  it('is whole also where several runs fetch it together', async () => {
    const [folder, server] = [await cacheFolder(), await publish()];
    await Promise.all(Array.from({ length: 5 }, () => publishedBootstrap(folder, server.url)));
    expect(await readdir(folder)).toEqual(['rdap-dns.json']);
    expect(await textIn(folder)).toBe(newer);
  });
});

const faults: [string, act.Action][] = [
  ['breaks off', act.brokenOff(act.content(newer))],
  ['is a web page', act.notJson()],
  ['is not there', act.content(newer, { status: 404 })],
  ['fails', act.content(newer, { status: 500 })],
  ['is reset', act.reset],
  ['never ends', act.endless],
  ['is of another form', act.content('{"version":"1.0","services":[[["dev"],"https://evil.example/"]]}')],
];

describe.each(faults)('where the download %s', (_what, action) => {
  it('the registry that is built in serves, and nothing is kept', async () => {
    const [folder, server] = [await cacheFolder(), await publish(action)];
    expect(await urlsIn(folder, server)).toEqual(builtIn);
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('an older one that was kept serves, and stays', async () => {
    const [folder, server] = [await cacheFolder(kept, 25), await publish(action)];
    expect(await urlsIn(folder, server)).toEqual(['https://kept.example/']);
    expect(await readdir(folder)).toEqual(['rdap-dns.json']);
    expect(await textIn(folder)).toBe(kept);
  });
});

it('without any network the registry that is built in serves', async () => {
  const server = await publish();
  await server.close();
  expect(await urlsIn(await cacheFolder(), server)).toEqual(builtIn);
});

it('a cache that cannot be written costs nothing but the next download', async () => {
  const [folder, server] = [await cacheFolder(), await publish()];
  await writeFile(folder, 'a file where the folder should be');
  expect(await urlsIn(folder, server)).toEqual(['https://newer.example/']);
  expect(await urlsIn(folder, server)).toEqual(['https://newer.example/']);
  expect(await readFile(folder, 'utf8')).toBe('a file where the folder should be');
});

describe('the registry that the user gives', () => {
  const urlsOf = async (place: string) => {
    const given = await givenBootstrap(place);
    return 'problem' in given ? given.problem : given.find('x.dev');
  };

  it('is read from a file or a URL, and not kept', async () => {
    const folder = await makeFolder({ 'own.json': newer });
    onTestFinished(folder.remove);
    expect(await urlsOf(join(folder.path, 'own.json'))).toEqual(['https://newer.example/']);
    expect(await urlsOf((await publish()).url)).toEqual(['https://newer.example/']);
    expect(await readdir(folder.path)).toEqual(['own.json']);
  });

  it.each(faults)('is refused in one line where the URL %s', async (_what, action) => {
    expect(await urlsOf((await publish(action)).url)).toMatch(
      /^expected an RDAP bootstrap file \(RFC 9224\), got "http:[^\n]*": it (cannot be read|is none)$/,
    );
  });

  it('is refused where there is no such file, with its name made safe to show', async () => {
    expect(await urlsOf('no\u001b[31msuch.json')).toBe(
      'expected an RDAP bootstrap file (RFC 9224), got "no\\x1b[31msuch.json": it cannot be read',
    );
  });
});
