import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { DasService } from '../../src/registries/das/services.js';
import { createLookUp } from '../../src/registries/look-up.js';
import { readBootstrap } from '../../src/registries/rdap/bootstrap.js';
import { serveDas, status } from '../helpers/das-server.js';
import type { Services } from '../helpers/rdap-server/bootstrap.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';

// The real list would lead away from this machine.
const unofficial = vi.hoisted(() => ({ version: '1.0', services: [] as [string[], string[]][] }));
vi.mock('../../src/registries/rdap/unofficial.json', () => ({ default: unofficial }));
beforeEach(() => void unofficial.services.splice(0));

function lookUpIn(services: Services, das: Readonly<Record<string, DasService>> = {}) {
  const official = readBootstrap(JSON.parse(act.bootstrapFor(services)));
  const load = async () => official ?? expect.fail('Expected a bootstrap file');
  return createLookUp(load, 10_000, undefined, das);
}

describe('createLookUp', () => {
  it('returns the registration, and the URL that was asked', async () => {
    const { url } = await serveRdap({ 'held.dev': act.found(['client hold']) });
    const lookUp = lookUpIn({ dev: url });
    const held = { registered: true, state: 'client hold', url: `${url}domain/held.dev`, official: true };
    expect(await lookUp('held.dev')).toMatchObject(held);
    const free = { registered: false, url: `${url}domain/free.dev`, official: true };
    expect(await lookUp('free.dev')).toEqual(free);
  });

  it('returns the reason if the registry cannot tell', async () => {
    const { url } = await serveRdap(() => act.fail(400));
    const failure = `HTTP status 400 from ${new URL(url).host}`;
    const failed = { failure, url: `${url}domain/x.dev`, official: true };
    expect(await lookUpIn({ dev: url })('x.dev')).toEqual(failed);
  });

  it('says so if no service is known', async () => {
    expect(await lookUpIn({})('x.dev')).toEqual({ failure: 'no RDAP service is known for .dev' });
  });

  it('asks nobody in plain text if names are private', async () => {
    const das = await serveDas(status('available'));
    const registry = await serveRdap({});
    const plain = registry.url.replace('https:', 'http:');
    const official = readBootstrap(JSON.parse(act.bootstrapFor({ dev: plain })));
    const load = async () => official ?? expect.fail('Expected a bootstrap file');
    const lookUp = createLookUp(load, 10_000, undefined, { lt: das.service }, true);
    expect(await lookUp('x.dev')).toEqual({ failure: 'the registry of .dev is asked in plain text' });
    expect(await lookUp('x.lt')).toEqual({ failure: 'the registry of .lt is asked in plain text' });
    expect([registry.requests, das.questions]).toEqual([[], []]);
  });

  it('loads the bootstrap file once, at the first look-up', async () => {
    const load = vi.fn(async () => readBootstrap({ version: '1.0', services: [] }) ?? expect.fail());
    const lookUp = createLookUp(load, 10_000);
    expect(load).not.toHaveBeenCalled();
    await Promise.all(['x.dev', 'y.dev'].map(lookUp));
    expect(load).toHaveBeenCalledOnce();
  });

  it('asks once about one name', async () => {
    const registry = await serveRdap({});
    const lookUp = lookUpIn({ dev: registry.url });
    await Promise.all([lookUp('x.dev'), lookUp('x.dev')]);
    await lookUp('x.dev');
    expect(registry.requests).toHaveLength(1);
  });

  it('asks again about a name after a failure', async () => {
    const registry = await serveRdap(() => act.inTurn(act.fail(400), act.notFound()));
    const lookUp = lookUpIn({ dev: registry.url });
    expect(await lookUp('x.dev')).toHaveProperty('failure');
    expect(await lookUp('x.dev')).toMatchObject({ registered: false });
  });

  it('asks the next server of a service if one gives no answer', async () => {
    const [first, second] = [await serveRdap(() => act.fail(400)), await serveRdap({})];
    const found = await lookUpIn({ dev: [first.url, second.url] })('x.dev');
    expect(found).toMatchObject({ registered: false, url: `${second.url}domain/x.dev` });
  });

  it.each([
    ['rdap', '/rdap/domain/x.dev'],
    ['rdap/', '/rdap/domain/x.dev'],
    ['a/b/', '/a/b/domain/x.dev'],
  ])('finds a service at the path %s', async (base, path) => {
    const registry = await serveRdap({});
    await lookUpIn({ dev: registry.url + base })('x.dev');
    expect(registry.requests).toMatchObject([{ path }]);
  });

  it('asks different registries at the same time', async () => {
    const gate = act.gate();
    const [slow, quick] = [await serveRdap(() => gate.hold(act.notFound())), await serveRdap({})];
    const lookUp = lookUpIn({ dev: slow.url, app: quick.url });
    const held = Promise.all(['x.dev', 'y.dev'].map(lookUp));
    await slow.received(1);
    expect(await lookUp('x.app')).toMatchObject({ registered: false });
    gate.release();
    for (const found of await held) expect(found).toMatchObject({ registered: false });
  });

  it('returns no control characters from the URL of a service', async () => {
    const registry = await serveRdap({});
    const hostile = `${registry.url}\u001b]0;owned\u0007\u009b2J\r\u202e/`;
    const found = await lookUpIn({ dev: hostile })('x.dev');
    expect(found).toMatchObject({ registered: false });
    expect(found.url).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});

describe('createLookUp and the unofficial services', () => {
  it('asks one if IANA lists no service, and marks the result', async () => {
    const registry = await serveRdap({});
    unofficial.services.push([['de'], [registry.url]]);
    expect(await lookUpIn({})('x.de')).toMatchObject({ registered: false, official: false });
  });

  it('asks none if IANA lists a service, even one that gives no answer', async () => {
    const [official, other] = [await serveRdap(() => act.fail(400)), await serveRdap({})];
    unofficial.services.push([['dev'], [other.url]]);
    expect(await lookUpIn({ dev: official.url })('x.dev')).toHaveProperty('failure');
    expect(other.requests).toEqual([]);
  });
});

describe('createLookUp and availability services', () => {
  it('asks one if IANA lists no RDAP server, before an unofficial one', async () => {
    const [service, other] = [await serveDas(status('reserved')), await serveRdap({})];
    unofficial.services.push([['lt'], [other.url]]);
    const url = `das://${service.address}/x.lt`;
    const found = await lookUpIn({}, { lt: service.service })('x.lt');
    expect(found).toEqual({ registered: false, withheld: 'reserved', url, official: true });
    expect(other.requests).toEqual([]);
  });

  it('asks none if IANA lists an RDAP server', async () => {
    const [service, registry] = [await serveDas(status('registered')), await serveRdap({})];
    const found = await lookUpIn({ lt: registry.url }, { lt: service.service })('x.lt');
    expect(found).toMatchObject({ registered: false });
    expect(service.questions).toEqual([]);
  });

  it('asks none about a name that is not directly under its suffix', async () => {
    const service = await serveDas(status('available'));
    const found = await lookUpIn({}, { lt: service.service })('x.gov.lt');
    expect(found).toEqual({ failure: 'no RDAP service is known for .gov.lt' });
    expect(service.questions).toEqual([]);
  });
});
