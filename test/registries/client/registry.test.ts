import { describe, expect, it, vi } from 'vitest';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { createFastRegistry } from '../fast-client.js';

// These tests wait for most of their time.
vi.setConfig({ maxConcurrency: 50 });

/** A registry that does this about every name, and a client for it. */
async function openRegistry(action: act.Action, longestWait = 10_000) {
  const server = await serveRdap(() => action);
  const registry = createFastRegistry(longestWait);
  const urlOf = (name: string) => `${server.url}domain/${name}.dev`;
  const resultOf = async (name: string) => (await registry.get(urlOf(name))).result;
  return {
    server,
    registry,
    host: new URL(server.url).host,
    ask: (name = 'x') => resultOf(name),
    askAgain: (name = 'x', left = 10_000) => registry.get(urlOf(name), performance.now() + left),
    askAll: (names: readonly string[]) => Promise.all(names.map(resultOf)),
  };
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const manyNames = Array.from({ length: 1000 }, (_, index) => `x${index}`);

describe.concurrent('createRegistry', () => {
  it('asks for RDAP documents', async () => {
    const { ask, server } = await openRegistry(act.found());
    expect(await ask()).toMatchObject({ status: 200 });
    expect(server.requests).toMatchObject([
      { path: '/domain/x.dev', accept: 'application/rdap+json, application/json;q=0.9' },
    ]);
  });

  it('returns each response, whatever its status', async () => {
    const { ask, server } = await openRegistry(act.fail(500));
    expect(await ask()).toMatchObject({ status: 500 });
    expect(server.requests).toHaveLength(1);
  });

  it('does not ask before the time that the registry names', async () => {
    const { registry, server } = await openRegistry(act.unavailable(1));
    const { sentAt: first = 0 } = await registry.get(`${server.url}domain/x.dev`);
    const { sentAt: second = 0 } = await registry.get(`${server.url}domain/y.dev`);
    // A timer may fire a little early, but not by a tenth.
    expect(second - first).toBeGreaterThan(900);
  });

  it.each([
    ['in an hour', () => 3600],
    ['at a time an hour ahead', () => new Date(Date.now() + 3_600_000)],
    ['after more seconds than a number can hold', () => '9'.repeat(400)],
  ])('asks no more if the registry asks to come back %s', async (_what, retryAfter) => {
    const { ask, askAgain, server } = await openRegistry(act.limited(retryAfter()));
    expect(await ask('x')).toMatchObject({ status: 429 });
    expect(await ask('y')).toBeUndefined();
    expect(await askAgain('x')).toEqual({ result: undefined, sentAt: undefined });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['sends nothing', act.silent],
    ['sends half an answer', act.stalled(act.notFound())],
  ])('waits no longer than the longest wait if the registry %s', async (_what, action) => {
    const { ask, askAgain, host } = await openRegistry(action, 200);
    expect(await ask()).toMatchObject({ failure: `no answer in time from ${host}`, transient: true });
    expect((await askAgain('x', 200)).result).toMatchObject({ transient: true });
  });

  it('has at most 4 requests in flight', async () => {
    const gate = act.gate();
    const { askAll, server } = await openRegistry(gate.hold(act.notFound()));
    const results = askAll(names);
    await server.received(4);
    gate.release();
    for (const result of await results) expect(result).toMatchObject({ status: 404 });
    expect(server.peak).toBe(4);
  });

  it('lets a name that is asked about again go before those that have not been asked about', async () => {
    const gate = act.gate();
    const { askAll, askAgain, server } = await openRegistry(gate.hold(act.notFound()));
    const results = askAll(manyNames.slice(0, 20));
    await server.received(4);
    const again = askAgain('again');
    gate.release();
    await Promise.all([again, results]);
    expect(server.requests.findIndex(({ name }) => name === 'again.dev')).toBeLessThan(9);
  });
});

describe.concurrent('createRegistry and a registry that does not answer', () => {
  it.each([
    ['resets every connection', act.reset],
    ['always says 500', act.fail(500)],
    ['always says 429', act.limited(0)],
    ['never sends anything', act.silent],
  ])('does not ask one that %s about a thousand names', async (_what, action) => {
    const { askAll, server } = await openRegistry(action, 300);
    const results = await askAll(manyNames);
    for (const result of results) expect(result).toBeDefined();
    expect(server.requests.length).toBeLessThan(20);
  });

  it('does not wait to give up one whose certificate is not trusted', async () => {
    const server = await serveRdap({}, { tls: true });
    const registry = createFastRegistry(3_600_000);
    for (const { result } of await Promise.all(manyNames.map((name) => registry.get(server.url + name)))) {
      expect(result).toMatchObject({ failure: expect.stringContaining('certificate') });
    }
  });

  it('asks it again when it answers again', async ({ expect }) => {
    let isAway = true;
    const { ask, askAll, server } = await openRegistry(
      (request, client) => (isAway ? act.reset : act.found())(request, client),
      2000,
    );
    await askAll(names);
    isAway = false;
    await expect.poll(async () => ask('x'), { timeout: 10_000 }).toMatchObject({ status: 200 });
    for (const result of await askAll(names)) expect(result).toMatchObject({ status: 200 });
    expect(server.requests.length).toBeLessThan(20);
  });

  it.each([
    ['too long', act.found([], { octets: 2 ** 20 + 1 })],
    ['not RDAP', act.notJson()],
  ])('goes on asking one whose answers are %s', async (_what, odd) => {
    const { ask, askAll } = await openRegistry((request, client) =>
      (request.name === 'good.dev' ? act.found() : odd)(request, client),
    );
    await askAll(names);
    expect(await ask('good')).toMatchObject({ status: 200 });
  });

  it('goes on asking one that fails for one name', async () => {
    const { ask, askAgain, askAll } = await openRegistry((request, client) =>
      (request.name === 'bad.dev' ? act.reset : act.found())(request, client),
    );
    await ask('bad');
    for (let tries = 0; tries < 5; tries++) await askAgain('bad');
    for (const result of await askAll(names)) expect(result).toMatchObject({ status: 200 });
  });
});
