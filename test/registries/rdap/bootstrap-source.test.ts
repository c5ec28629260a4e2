import { link, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBootstrap, loadPublishedBootstrap } from '../../../src/registries/rdap/bootstrap-source.js';
import { afterFile } from '../../helpers/closing.js';
import { createManualClock } from '../../helpers/manual-clock.js';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { makeFolder } from '../../helpers/system/folder.js';

const cached = act.bootstrapFor({ dev: 'https://cached.example/' });
const published = act.bootstrapFor({ dev: 'https://published.example/' });
const builtIn = ['https://pubapi.registry.google/rdap/'];
const hour = 60 * 60 * 1000;

/** The path of a cache folder, which holds a bootstrap file of this text and age, or does not exist. */
async function cacheFolder(text?: string, hoursAgo = 0): Promise<string> {
  const folder = await makeFolder();
  afterFile(folder.remove);
  const cache = join(folder.path, 'blogdom');
  if (text === undefined) return cache;
  await mkdir(cache);
  const file = join(cache, 'rdap-dns.json');
  await writeFile(file, text);
  const then = new Date(Date.now() - hoursAgo * hour);
  await utimes(file, then, then);
  return cache;
}

const publish = (action: act.Action = act.content(published)) => serveRdap(() => action);

const textIn = (folder: string) => readFile(join(folder, 'rdap-dns.json'), 'utf8');
const urlsIn = async (folder: string, { url }: { url: string }) =>
  (await loadPublishedBootstrap(folder, url)).find('x.dev');

describe.concurrent('loadPublishedBootstrap', () => {
  it('downloads and caches the file, and does not download it again that day', async () => {
    const [folder, server] = [await cacheFolder(), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://published.example/']);
    expect(await readdir(folder)).toEqual(['rdap-dns.json']);
    expect(await textIn(folder)).toBe(published);
    expect(await urlsIn(folder, server)).toEqual(['https://published.example/']);
    expect(server.requests).toHaveLength(1);
  });

  it('uses a cached file that is less than a day old', async () => {
    const [folder, server] = [await cacheFolder(cached, 23), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://cached.example/']);
    expect(server.requests).toEqual([]);
  });

  it('replaces an older cached file, once', async () => {
    const [folder, server] = [await cacheFolder(cached, 25), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://published.example/']);
    expect(await textIn(folder)).toBe(published);
    await urlsIn(folder, server);
    expect(server.requests).toHaveLength(1);
  });

  it('replaces a cached file from a clock that runs far ahead', async () => {
    const [folder, server] = [await cacheFolder(cached, -48), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://published.example/']);
  });

  it.each([
    ['empty', ''],
    ['cut off', cached.slice(0, -20)],
    ['of another form', '{"version":"1.0"}'],
  ])('replaces a cached file that is %s, whatever its age', async (_what, text) => {
    const [folder, server] = [await cacheFolder(text), await publish()];
    expect(await urlsIn(folder, server)).toEqual(['https://published.example/']);
    expect(await textIn(folder)).toBe(published);
  });

  it('replaces the cached file instead of writing into it, so that nobody reads half a file', async () => {
    const [folder, server] = [await cacheFolder(cached, 25), await publish()];
    const opened = join(folder, '..', 'opened');
    await link(join(folder, 'rdap-dns.json'), opened);
    await urlsIn(folder, server);
    expect(await textIn(folder)).toBe(published);
    expect(await readFile(opened, 'utf8')).toBe(cached);
  });

  it('leaves a whole file if several runs download it together', async () => {
    const [folder, server] = [await cacheFolder(), await publish()];
    await Promise.all(Array.from({ length: 5 }, () => loadPublishedBootstrap(folder, server.url)));
    expect(await readdir(folder)).toEqual(['rdap-dns.json']);
    expect(await textIn(folder)).toBe(published);
  });

  it.each<[string, act.Action]>([
    ['breaks off', act.brokenOff(act.content(published))],
    ['is a web page', act.notJson()],
    ['has status 404', act.content(published, { status: 404 })],
    ['has status 500', act.content(published, { status: 500 })],
    ['is reset', act.reset],
    ['never ends', act.endless],
    ['is of another form', act.content('{"version":"1.0","services":[[["dev"],"https://evil.example/"]]}')],
  ])('uses and keeps an older cached file if the download %s', async (_what, action) => {
    const [folder, server] = [await cacheFolder(cached, 25), await publish(action)];
    expect(await urlsIn(folder, server)).toEqual(['https://cached.example/']);
    expect(await readdir(folder)).toEqual(['rdap-dns.json']);
    expect(await textIn(folder)).toBe(cached);
  });

  it('uses the built-in file, and caches nothing, if there is neither a download nor a cached file', async () => {
    const [folder, server] = [await cacheFolder(), await publish(act.notJson())];
    expect(await urlsIn(folder, server)).toEqual(builtIn);
    await server.close();
    expect(await urlsIn(folder, server)).toEqual(builtIn);
    await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('uses an older cached file if the download takes longer than 5 seconds', async () => {
    const [folder, server] = [await cacheFolder(cached, 25), await publish(act.silent)];
    const clock = { ...createManualClock(), date: () => new Date() };
    const loaded = loadPublishedBootstrap(folder, server.url, clock);
    await server.received(1);
    clock.pass(4999);
    expect(clock.timers()).toBe(1);
    clock.pass(1);
    expect((await loaded).find('x.dev')).toEqual(['https://cached.example/']);
  });

  it('downloads the file each time if it cannot be cached', async () => {
    const [folder, server] = [await cacheFolder(), await publish()];
    await writeFile(folder, 'a file where the folder should be');
    expect(await urlsIn(folder, server)).toEqual(['https://published.example/']);
    expect(await urlsIn(folder, server)).toEqual(['https://published.example/']);
    expect(await readFile(folder, 'utf8')).toBe('a file where the folder should be');
  });
});

describe.concurrent('loadPublishedBootstrap without a cache folder', () => {
  it('downloads the file each time', async () => {
    const server = await publish();
    for (const requests of [1, 2]) {
      const { find } = await loadPublishedBootstrap(undefined, server.url);
      expect(find('x.dev')).toEqual(['https://published.example/']);
      expect(server.requests).toHaveLength(requests);
    }
  });

  it('uses the built-in file if it cannot be downloaded', async () => {
    const { url } = await publish(act.reset);
    expect((await loadPublishedBootstrap(undefined, url)).find('x.dev')).toEqual(builtIn);
  });
});

describe.concurrent('loadBootstrap', () => {
  const load = async (location: string) => {
    const loaded = await loadBootstrap(location);
    return 'problem' in loaded ? loaded.problem : loaded.find('x.dev');
  };
  const problem = (location: string, detail = 'it is not in that format') =>
    `expected an RDAP bootstrap file (RFC 9224), got "${location}": ${detail}`;

  it('reads a file', async () => {
    const folder = await makeFolder({ 'own.json': published });
    afterFile(folder.remove);
    expect(await load(join(folder.path, 'own.json'))).toEqual(['https://published.example/']);
  });

  it('downloads from a URL', async () => {
    const { url } = await publish();
    expect(await load(url)).toEqual(['https://published.example/']);
  });

  it.each([
    ['has status 404', act.content(published, { status: 404 }), 'it cannot be read'],
    ['resets the connection', act.reset, 'it cannot be read'],
    ['is a web page', act.notJson(), undefined],
    ['is JSON of another form', act.content('{"version":"1.0"}'), undefined],
  ])('reports a URL that %s', async (_what, action, detail) => {
    const { url } = await publish(action);
    expect(await load(url)).toBe(problem(url, detail));
  });

  it('reports a missing file, with its name made safe to show', async () => {
    expect(await load('no\u001b[31msuch.json')).toBe(
      problem('no\\x1b[31msuch.json', 'there is no such file'),
    );
  });

  it('reports a file of another kind', async () => {
    const folder = await makeFolder({ 'own.json': '<html>' });
    afterFile(folder.remove);
    const path = join(folder.path, 'own.json');
    expect(await load(path)).toBe(problem(path));
  });
});
