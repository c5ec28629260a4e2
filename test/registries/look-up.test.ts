import { describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/registries/client/client.js';
import type { DasService } from '../../src/registries/das/services.js';
import { createDirectory } from '../../src/registries/directory.js';
import { createLookUp } from '../../src/registries/look-up.js';
import { readBootstrap } from '../../src/registries/rdap/bootstrap.js';
import { serveDas, status } from '../helpers/das-server.js';
import { bootstrapFor, type Services } from '../helpers/rdap-server/bootstrap.js';
import {
  emptyNotFound,
  fail,
  found,
  help,
  inTurn,
  notFound,
  type PlayedReply,
  playRegistries,
} from './played.js';

const bootstrapOf = (services: Services) =>
  readBootstrap(JSON.parse(bootstrapFor(services))) ?? expect.fail('Expected a bootstrap file');

const directoryOf = (
  services: Services,
  das: Readonly<Record<string, DasService>> = {},
  unofficial: Services = {},
) => createDirectory(bootstrapOf(services), das, bootstrapOf(unofficial));

const url = 'https://rdap.example/';

/** A look-up at played registries. */
function openLookUp(reply: PlayedReply = notFound, services: Services = { dev: url }, isPrivate?: boolean) {
  const { play, platform, requests } = playRegistries(reply);
  const load = vi.fn(async () => directoryOf(services, {}, { de: 'https://unofficial.example/' }));
  const lookUp = createLookUp(load, createClient(10_000, platform), isPrivate);
  return {
    load,
    lookUp: (name: string) => play(lookUp(name)),
    lookUpAll: (names: readonly string[]) => play(Promise.all(names.map((name) => lookUp(name)))),
    urls: () => requests.map(({ url }) => url),
    times: () => requests.map(({ time }) => time),
  };
}

describe('createLookUp', () => {
  it('returns the answer, and the URL that was asked', async () => {
    const { lookUp } = openLookUp((request) => (request.name === 'held' ? found : notFound)(request));
    const held = { registered: true, state: undefined, url: `${url}domain/held.dev`, official: true };
    expect(await lookUp('held.dev')).toMatchObject(held);
    const free = { registered: false, url: `${url}domain/free.dev`, official: true };
    expect(await lookUp('free.dev')).toEqual(free);
  });

  it('returns the reason if the registry cannot tell', async () => {
    const failure = 'HTTP status 400 from rdap.example';
    const failed = { failure, url: `${url}domain/x.dev`, official: true };
    expect(await openLookUp(fail(400)).lookUp('x.dev')).toEqual(failed);
  });

  it('says so if no service is known', async () => {
    const { lookUp, urls } = openLookUp();
    expect(await lookUp('x.app')).toEqual({
      failure: 'no service is known for .app: see https://www.iana.org/domains/root/db/app.html',
    });
    expect(await lookUp('x.com.es')).toEqual({
      failure: 'no service is known for .com.es: see https://www.dominios.es/en',
    });
    expect(await lookUp('x.example')).toEqual({ failure: 'no service is known for .example' });
    expect(urls()).toEqual([]);
  });

  it('asks an unofficial service if there is no other one, and marks the result', async () => {
    const { lookUp, urls } = openLookUp();
    expect(await lookUp('x.de')).toMatchObject({ registered: false, official: false });
    expect(urls()).toEqual(['https://unofficial.example/domain/x.de']);
  });

  it('loads the directory once, at the first look-up', async () => {
    const { load, lookUpAll } = openLookUp();
    expect(load).not.toHaveBeenCalled();
    await lookUpAll(['x.dev', 'y.dev']);
    expect(load).toHaveBeenCalledOnce();
  });

  it('asks the next server of a service if one gives no answer', async () => {
    const { lookUp } = openLookUp(
      (request) => (request.url.includes('first') ? fail(400) : notFound)(request),
      { dev: ['https://first.example/', 'https://second.example/'] },
    );
    const second = { registered: false, url: 'https://second.example/domain/x.dev' };
    expect(await lookUp('x.dev')).toMatchObject(second);
  });

  it('asks different registries at the same time', async () => {
    const { lookUpAll, times } = openLookUp(notFound, { dev: url, app: 'https://app.example/' });
    await lookUpAll(['x.dev', 'x.app']);
    expect(times()).toEqual([0, 0]);
  });

  it('remembers the server that has shown that it speaks RDAP', async () => {
    const { lookUp, urls } = openLookUp(({ path, ...rest }) =>
      (path === 'help' ? help : emptyNotFound)({ path, ...rest }),
    );
    for (const name of ['x.dev', 'y.dev']) expect(await lookUp(name)).toMatchObject({ registered: false });
    expect(urls()).toEqual([`${url}domain/x.dev`, `${url}help`, `${url}domain/y.dev`]);
  });
});

describe('createLookUp and a name that is asked for more than once', () => {
  it('asks once', async () => {
    const { lookUp, lookUpAll, urls } = openLookUp();
    await lookUpAll(['x.dev', 'x.dev']);
    await lookUp('x.dev');
    expect(urls()).toHaveLength(1);
  });

  it('asks again after a failure', async () => {
    const { lookUp } = openLookUp(inTurn(fail(400), notFound));
    expect(await lookUp('x.dev')).toHaveProperty('failure');
    expect(await lookUp('x.dev')).toMatchObject({ registered: false });
  });

  it('asks again after a thousand other names', async () => {
    const { lookUp, lookUpAll, urls } = openLookUp();
    const names = Array.from({ length: 1000 }, (_, index) => `x${index}.dev`);
    await lookUpAll(names);
    await lookUp('x0.dev');
    expect(urls()).toHaveLength(1000);
    await lookUp('y.dev');
    await lookUp('x1.dev');
    expect(urls()).toHaveLength(1001);
    await lookUp('x0.dev');
    expect(urls()).toHaveLength(1002);
  });

  it('keeps a later answer if an earlier question, which was forgotten, fails', async () => {
    const { lookUpAll, urls } = openLookUp((request) =>
      (request.name === 'x0' ? inTurn(fail(400), notFound) : notFound)(request),
    );
    const names = Array.from({ length: 1000 }, (_, index) => `x${index}.dev`);
    const results = await lookUpAll([...names, 'y.dev', 'x0.dev']);
    expect([results[0], results.at(-1)]).toMatchObject([
      { failure: expect.any(String) },
      { registered: false },
    ]);
    await lookUpAll(['x0.dev']);
    expect(urls().filter((asked) => asked === `${url}domain/x0.dev`)).toHaveLength(2);
  });
});

describe('createLookUp if names are private', () => {
  it('asks only over HTTPS', async () => {
    const services = { dev: 'http://rdap.example/https:/', app: url };
    const { lookUp, urls } = openLookUp(notFound, services, true);
    expect(await lookUp('x.dev')).toEqual({ failure: 'the registry of .dev is asked in plain text' });
    expect(await lookUp('x.app')).toMatchObject({ registered: false });
    expect(urls()).toEqual([`${url}domain/x.app`]);
  });

  it('asks nobody if one of several servers would be asked in plain text', async () => {
    const { platform, requests } = playRegistries(notFound);
    const find = () => ({ urls: [url, 'http://rdap.example/'], official: true });
    const load = async () => ({ suffixes: ['dev'], find });
    const lookUp = createLookUp(load, createClient(10_000, platform), true);
    expect(await lookUp('x.dev')).toEqual({ failure: 'the registry of .dev is asked in plain text' });
    expect(requests).toEqual([]);
  });

  it('asks no availability service', async () => {
    const { service, questions } = await serveDas(status('available'));
    const lookUp = createLookUp(async () => directoryOf({}, { lt: service }), createClient(10_000), true);
    expect(await lookUp('x.lt')).toEqual({ failure: 'the registry of .lt is asked in plain text' });
    expect(questions).toEqual([]);
  });
});

describe('createLookUp and availability services', () => {
  const lookUpIn = (das: Readonly<Record<string, DasService>>) =>
    createLookUp(async () => directoryOf({}, das), createClient(10_000));

  it('asks one if IANA lists no RDAP server', async () => {
    const { address, service } = await serveDas(status('reserved'));
    const found = { registered: false, withheld: 'reserved', url: `das://${address}/x.lt`, official: true };
    expect(await lookUpIn({ lt: service })('x.lt')).toEqual(found);
  });

  it('asks none about a name that is not directly under its suffix', async () => {
    const { service, questions } = await serveDas(status('available'));
    const found = await lookUpIn({ lt: service })('x.gov.lt');
    expect(found).toMatchObject({ failure: expect.stringContaining('no service is known for .gov.lt') });
    expect(questions).toEqual([]);
  });
});
