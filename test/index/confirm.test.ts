import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ProbeOptions, type ProbeResult, probe, probeAll } from '../../src/index.js';
import { honest } from '../helpers/honest.js';
import * as dns from '../helpers/name-server.js';
import { serveProxy } from '../helpers/proxy.js';
import { confirmBy, serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';
import { serve } from '../helpers/serve.js';
import { endless } from './streams.js';

/** Names that the DNS does not have. */
const absent = ['free.dev', 'held.dev', 'slow.dev'];

/**
 * Starts a name server on which all but some names are live, and a registry that has all but free.dev and does not answer about
 * slow.dev.
 */
async function start() {
  const server = await serve(
    honest(({ name }) =>
      absent.includes(name) || name.startsWith('x') ? dns.deny : dns.answer('192.0.2.1'),
    ),
  );
  const registry = await serveRdap(({ name, path }) => {
    if (name === '') return path.endsWith('/help') ? act.help() : act.fail(400);
    if (name === 'slow.dev' || name.startsWith('x')) return () => {};
    return name === 'free.dev' ? act.notFound() : act.found(['client hold']);
  });
  const { file } = await confirmBy({ dev: registry.url });
  const options = (confirm: boolean | 'all'): ProbeOptions => ({
    servers: [server.address],
    canary: false,
    confirm,
    rdapBootstrap: file,
  });
  return { server, registry, options };
}

const registration = {
  registrar: 'Test Registrar',
  created: '2019-02-28T16:00:00Z',
  expires: '2039-02-28T16:00:00Z',
  statuses: ['client hold'],
};

async function statusesOf(results: AsyncIterable<ProbeResult>): Promise<Record<string, string>> {
  const statuses: Record<string, string> = {};
  for await (const { name, status } of results) statuses[name] = status;
  return statuses;
}

describe('probe with confirm', () => {
  it('asks the registry about names that the DNS does not have', async () => {
    const { options } = await start();
    expect(await probe('free.dev', options(true))).toMatchObject({ status: 'unregistered' });
    const reason = 'registered, client hold';
    expect(await probe('held.dev', options(true))).toMatchObject({
      status: 'taken',
      reason,
      ...registration,
    });
  });

  it('asks about live names only with all', async () => {
    const { options, registry } = await start();
    const live = await probe('live.dev', options(true));
    expect(live).toMatchObject({ status: 'live' });
    expect(live.expires).toBeUndefined();
    expect(registry.requests).toEqual([]);
    expect(await probe('live.dev', options('all'))).toMatchObject({ status: 'live', ...registration });
  });

  it('asks no registry with false, nor about something that is not a name', async () => {
    const { options, registry } = await start();
    expect(await probe('free.dev', options(false))).toMatchObject({ status: 'absent' });
    expect(await probe('a b', options('all'))).toMatchObject({ status: 'unknown', name: 'a b' });
    expect(registry.requests).toEqual([]);
  });

  it('shares the registry among parallel calls: no more than 4 requests are in flight', async () => {
    const { options, registry } = await start();
    const names = Array.from({ length: 12 }, (_, index) => `name${index}.dev`);
    const results = await Promise.all(names.map((name) => probe(name, options('all'))));
    expect(results.map(({ expires }) => expires)).toEqual(names.map(() => registration.expires));
    expect(registry.peak).toBeLessThanOrEqual(4);
  });

  it('rejects before anything is asked if the bootstrap file cannot be used', async () => {
    const { server, options } = await start();
    const unusable = { ...options(true), rdapBootstrap: 'none.json' };
    const error = expect.objectContaining({
      name: 'RangeError',
      message: expect.stringMatching(/^Expected an RDAP bootstrap file \(RFC 9224\), got "none.json": /),
    });
    await expect(probe('free.dev', unusable)).rejects.toEqual(error);
    await expect(probeAll(['free.dev'], unusable).next()).rejects.toEqual(error);
    expect(server.queries).toEqual([]);
  });

  it('asks through the proxy of the environment', async () => {
    const [proxy, { registry, options }] = [await serveProxy(), await start()];
    vi.stubEnv('HTTP_PROXY', proxy.url.href);
    vi.stubEnv('NO_PROXY', '');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await probe('held.dev', options(true))).toMatchObject(registration);
    expect(proxy.requests).toMatchObject([{ line: `GET ${registry.url}domain/held.dev` }]);
    vi.stubEnv('HTTP_PROXY', 'socks5://127.0.0.1');
    await expect(probe('held.dev', options('all'))).rejects.toThrow(
      new RangeError(
        'HTTP_PROXY: expected a URL such as http://proxy.example:3128, got "socks5://127.0.0.1"',
      ),
    );
  });

  it('refuses a bootstrap file without confirm', () => {
    expect(() => probeAll([], { rdapBootstrap: 'x.json' })).toThrow(
      new TypeError('Expected `rdapBootstrap` together with `confirm`, got it alone'),
    );
  });

  it('ends its request to the registry when its signal is aborted', async () => {
    const { options, registry } = await start();
    const stop = new AbortController();
    const result = probe('slow.dev', { ...options(true), signal: stop.signal });
    await registry.received(1);
    stop.abort();
    await expect(result).rejects.toThrow(stop.signal.reason);
    await registry.idle();
  });
});

describe('probeAll with confirm', () => {
  it('yields confirmed results, and lets none wait for the registry of another one', async () => {
    const { options, registry } = await start();
    const names = ['slow.dev', 'free.dev', 'held.dev', 'live.dev', 'a b'];
    const results = probeAll(names, options(true));
    const first: string[] = [];
    for await (const { name, status } of results) {
      first.push(`${name} ${status}`);
      if (first.length === 4) break;
    }
    expect(first.toSorted()).toEqual([
      'a b unknown',
      'free.dev unregistered',
      'held.dev taken',
      'live.dev live',
    ]);
    // The request about slow.dev ends with the loop.
    await registry.idle();
  });

  it('keeps the status of a name that its registry does not tell', async () => {
    const { options } = await start();
    const none = await confirmBy({});
    const statuses = statusesOf(probeAll(['free.dev'], { ...options(true), rdapBootstrap: none.file }));
    expect(await statuses).toEqual({ 'free.dev': 'absent' });
  });

  it('pulls no more than 10,000 names ahead of a registry that does not answer', async () => {
    const { options, registry } = await start();
    const source = endless();
    const stop = new AbortController();
    const next = probeAll(source.names(), { ...options(true), concurrency: 50, signal: stop.signal }).next();
    next.catch(() => {});
    await registry.received(4);
    let pulled = -1;
    while (source.pulled > pulled) {
      pulled = source.pulled;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    stop.abort();
    await expect(next).rejects.toThrow();
    expect(source.pulled).toBeGreaterThan(1000);
    expect(source.pulled).toBeLessThanOrEqual(10_000 + 2 * 50 + 1);
  });
});
