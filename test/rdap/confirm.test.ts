import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProbeResult } from '../../src/probe/result.js';
import { readBootstrap } from '../../src/rdap/bootstrap.js';
import { openConfirm } from '../../src/rdap/confirm.js';
import type { Services } from '../helpers/rdap-server/bootstrap.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';

// The real list would lead away from this machine.
const unofficial = vi.hoisted(() => ({ version: '1.0', services: [] as [string[], string[]][] }));
vi.mock('../../src/rdap/unofficial.json', () => ({ default: unofficial }));
beforeEach(() => void unofficial.services.splice(0));

const serve = (behaviour: act.Registrations | act.RdapBehaviour) => serveRdap(behaviour, { tls: false });

function confirmBy(services: Services) {
  const official = readBootstrap(JSON.parse(act.bootstrapFor(services)));
  if (official === undefined) throw new Error('Expected a bootstrap file');
  return openConfirm(async () => official, 10_000);
}

function result(name: string, status: 'live' | 'taken' | 'absent' = 'absent'): ProbeResult {
  const [word = '', tld = ''] = name.split('.');
  return { name, word, tld, status, addresses: [], tries: 1, ms: 1, evidence: [] };
}

describe('the unofficial list', () => {
  it('is used where IANA has nothing, and the reason says so', async () => {
    const registry = await serve({ 'held.de': act.found(['client hold']) });
    unofficial.services.push([['de'], [registry.url]]);
    const confirm = confirmBy({});
    expect(await confirm(result('free.de'))).toMatchObject({
      status: 'unregistered',
      reason: 'by a server that IANA does not list',
    });
    expect(await confirm(result('held.de'))).toMatchObject({
      status: 'taken',
      reason: 'registered, client hold, by a server that IANA does not list',
    });
  });

  it('is not used where IANA has a registry, even one that does not answer', async () => {
    const [official, other] = [await serve(() => act.fail(500)), await serve({})];
    unofficial.services.push([['dev'], [other.url]]);
    expect(await confirmBy({ dev: official.url })(result('x.dev'))).toMatchObject({
      status: 'absent',
      reason: 'could not be confirmed: status 500',
    });
    expect(other.requests).toEqual([]);
  });

  it('is not spoken of where IANA has the registry', async () => {
    const registry = await serve({});
    expect(await confirmBy({ dev: registry.url })(result('free.dev'))).toMatchObject({
      status: 'unregistered',
      reason: undefined,
    });
  });
});

it('asks for a bootstrap file, and a registry, only where something is to be confirmed', async () => {
  const bootstrap = vi.fn(async () => expect.fail('Expected no question'));
  const confirm = openConfirm(bootstrap, 10_000);
  for (const known of [result('x.dev', 'live'), result('x.dev', 'taken')])
    expect(await confirm(known)).toBe(known);
  expect(await confirm(result('co.uk'))).toMatchObject({ status: 'absent' });
  expect(bootstrap).not.toHaveBeenCalled();
});

it('asks once about the names below one registrable name', async () => {
  const registry = await serve({ 'for.dev': act.found() });
  const confirm = confirmBy({ dev: registry.url });
  const results = await Promise.all(
    ['for.dev', 'www.for.dev', 'a.b.for.dev'].map((name) => confirm(result(name))),
  );
  expect(results.map(({ reason }) => reason)).toEqual([
    'registered',
    'for.dev is registered',
    'for.dev is registered',
  ]);
  expect(registry.requests).toHaveLength(1);
});

it('asks the next server of a registry where one gives no answer', async () => {
  const [first, second] = [await serve(() => act.fail(500)), await serve({})];
  const confirm = confirmBy({ dev: [first.url, second.url] });
  expect(await confirm(result('free.dev'))).toMatchObject({ status: 'unregistered' });
  expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
});

it('finds a service below any path, with or without a slash at its end', async () => {
  const registry = await serve({});
  for (const base of ['rdap', 'rdap/', 'a/b/'])
    await confirmBy({ dev: registry.url + base })(result('x.dev'));
  expect(registry.requests.map(({ path }) => path)).toEqual([
    '/rdap/domain/x.dev',
    '/rdap/domain/x.dev',
    '/a/b/domain/x.dev',
  ]);
});

it('leaves a registry alone that cannot be reached, and does not ask it for a thousand names', async () => {
  const registry = await serve(() => act.reset);
  const confirm = confirmBy({ dev: registry.url });
  const names = Array.from({ length: 50 }, (_, index) => `x${index}.dev`);
  for (const { status, reason } of await Promise.all(names.map((name) => confirm(result(name))))) {
    expect({ status, reason }).toEqual({
      status: 'absent',
      reason: expect.stringMatching(/^could not be confirmed: /),
    });
  }
  expect(registry.requests.length).toBeLessThan(10);
});
