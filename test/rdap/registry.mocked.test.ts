import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createRegistry } from '../../src/rdap/registry.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';

// Delays between requests are recorded and not waited for.
const delays = vi.hoisted((): number[] => []);
vi.mock('node:timers/promises', () => ({
  setTimeout: async (milliseconds: number) => void delays.push(milliseconds),
}));
beforeEach(() => void delays.splice(0));

/** Starts a registry that performs this action for every name, and creates a client for it. */
async function startRegistry(action: act.Action, longestWait = 10_000) {
  const server = await serveRdap(() => action);
  const registry = createRegistry(longestWait);
  const urlOf = (name: string) => `${server.url}domain/${name}.dev`;
  return {
    server,
    host: new URL(server.url).host,
    ask: (name = 'x') => registry.get(urlOf(name)),
    askAll: (names: readonly string[]) => Promise.all(names.map((name) => registry.get(urlOf(name)))),
  };
}

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('createRegistry', () => {
  it('asks for RDAP documents', async () => {
    const { ask, server } = await startRegistry(act.found());
    expect(await ask()).toMatchObject({ status: 200 });
    expect(server.requests).toMatchObject([
      { path: '/domain/x.dev', accept: 'application/rdap+json, application/json;q=0.9' },
    ]);
  });

  it.each([
    ['429', act.limited()],
    ['429 and Retry-After: 0', act.limited(0)],
    ['429 and a date of now', act.limited(new Date())],
    ['429 and an unreadable Retry-After', act.limited('soon')],
    ['503', act.unavailable()],
  ])('asks again after a refusal with %s', async (_what, refusal) => {
    const { ask, server } = await startRegistry(act.inTurn(refusal, act.found()));
    expect(await ask()).toMatchObject({ status: 200 });
    expect(server.requests).toHaveLength(2);
  });

  it('does not ask again before the time that the registry names', async () => {
    const { ask } = await startRegistry(act.inTurn(act.unavailable(5), act.notFound()));
    expect(await ask()).toMatchObject({ status: 404 });
    expect(delays).toEqual([0, expect.closeTo(5000, -3)]);
  });

  it('gets every answer from a registry that refuses every second request', async () => {
    const limit = act.rateLimit({ burst: 1, refusal: act.limited(0) }, act.notFound());
    const { askAll } = await startRegistry(limit);
    for (const result of await askAll(names.slice(0, 3))) expect(result).toMatchObject({ status: 404 });
  });

  it.each([
    ['in an hour', () => 3600],
    ['at a time an hour ahead', () => new Date(Date.now() + 3_600_000)],
  ])('gives up at once if the registry asks to come back %s', async (_what, retryAfter) => {
    const { ask, server, host } = await startRegistry(act.limited(retryAfter()));
    const refused = { failure: `${host} is limiting requests`, transient: false };
    expect(await ask('x')).toEqual(refused);
    expect(await ask('y')).toEqual(refused);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['429', act.limited()],
    ['503', act.unavailable(1)],
  ])('gives up after the longest wait if the registry always says %s', async (_what, refusal) => {
    const { ask, host } = await startRegistry(refusal, 1000);
    expect(await ask()).toEqual({ failure: `${host} is limiting requests`, transient: false });
  });

  it.each([
    ['sends nothing', act.silent],
    ['sends half an answer', act.stalled(act.notFound())],
  ])('gives up after the longest wait if the registry %s', async (_what, action) => {
    const { ask, host } = await startRegistry(action, 50);
    expect(await ask()).toEqual({ failure: `no answer in time from ${host}`, transient: true });
  });

  it('does not ask an unreachable registry about every name', async () => {
    const { askAll, server, host } = await startRegistry(act.reset);
    const failure = { failure: `connection reset by ${host}`, transient: true };
    const results = await askAll(Array.from({ length: 50 }, (_, index) => `x${index}`));
    expect(results).toEqual(results.map(() => failure));
    expect(server.requests.length).toBeLessThan(10);
  });

  it('has at most 4 requests in flight', async () => {
    const gate = act.gate();
    const { askAll, server } = await startRegistry(gate.hold(act.notFound()));
    const results = askAll(names);
    await server.received(4);
    gate.release();
    for (const result of await results) expect(result).toMatchObject({ status: 404 });
    expect(server.peak).toBe(4);
  });
});
