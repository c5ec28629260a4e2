import { describe, expect, it, vi } from 'vitest';
import { createRdap } from '../../../src/registries/rdap/rdap.js';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as act from '../../helpers/rdap-server.js';
import { createFastClient } from '../fast-client.js';

// These tests wait for most of their time.
vi.setConfig({ maxConcurrency: 50 });

/** A server that does one action about help, and another about every name. */
const serving = (help: act.Action, domain: act.Action) =>
  serveRdap(({ path, name }) => (name === '' && path.endsWith('/help') ? help : domain));

const createFastRdap = (longestWait = 10_000) => createRdap(longestWait, createFastClient(longestWait));

/** Asks one server about names, one after the other. */
async function ask(server: act.RdapServer, names: readonly string[] = ['x.dev'], longestWait?: number) {
  const askRdap = createFastRdap(longestWait);
  const found = [];
  for (const name of names) found.push(await askRdap([server.url], name));
  return { found, host: new URL(server.url).host, requests: server.requests.map(({ path }) => path) };
}

const manyNames = Array.from({ length: 12 }, (_, index) => `x${index}.dev`);

async function askAtOnce(server: act.RdapServer, names: readonly string[], longestWait?: number) {
  const askRdap = createFastRdap(longestWait);
  return Promise.all(names.map((name) => askRdap([server.url], name)));
}

describe.concurrent('createRdap and an empty 404', () => {
  it('believes it if the server answers a query for help, which it sends once', async () => {
    const server = await serving(act.help(), act.notFoundEmpty());
    const { found, requests } = await ask(server, ['x.dev', 'y.dev']);
    for (const each of found) expect(each).toMatchObject({ registered: false });
    expect(requests).toEqual(['/domain/x.dev', '/help', '/domain/y.dev']);
  });

  it('believes it if the server has sent a domain object, without a query for help', async () => {
    const server = await serveRdap(({ name }) => (name === 'held.dev' ? act.found() : act.notFoundEmpty()));
    const { found, requests } = await ask(server, ['held.dev', 'x.dev']);
    expect(found).toMatchObject([{ registered: true }, { registered: false }]);
    expect(requests).toEqual(['/domain/held.dev', '/domain/x.dev']);
  });

  it('believes it after a domain object, even if the query for help had failed', async () => {
    const server = await serveRdap(({ name }) => (name === 'held.dev' ? act.found() : act.notFoundEmpty()));
    const { found } = await ask(server, ['x.dev', 'held.dev', 'y.dev']);
    expect(found).toMatchObject([
      { failure: expect.any(String) },
      { registered: true },
      { registered: false },
    ]);
  });

  it.each([
    ['an empty 404, too', act.notFoundEmpty()],
    ['an RDAP error', act.notFound()],
    ['a web page', act.notJson()],
    ['a domain object', act.found([], { name: 'help' })],
    ['a redirect to another path', act.redirect('/other/help')],
  ])('does not believe it if the answer to the query for help is %s', async (_what, help) => {
    const { found, host } = await ask(await serving(help, act.notFoundEmpty()), ['x.dev', 'y.dev']);
    const failure = `HTTP status 404 from ${host}, which has not shown that it speaks RDAP`;
    expect(found).toMatchObject([{ failure }, { failure }]);
  });

  it("does not believe another server's after a redirect, though the registry speaks RDAP", async () => {
    const web = await serveRdap(() => act.notFoundEmpty());
    const server = await serveRdap(({ name, path }) => {
      if (path === '/help') return act.help();
      return name === 'held.dev' ? act.found() : act.redirect(web);
    });
    const { found } = await ask(server, ['held.dev', 'x.dev']);
    const failure = `HTTP status 404 from ${new URL(web.url).host}, which has not shown that it speaks RDAP`;
    expect(found).toMatchObject([{ registered: true }, { failure }]);
  });

  it("believes another server's after a redirect if that server speaks RDAP", async () => {
    const target = await serving(act.help(), act.notFoundEmpty());
    const server = await serveRdap(({ path }) =>
      path === '/help' ? act.notFoundEmpty() : act.redirect(target),
    );
    expect((await ask(server)).found).toMatchObject([{ registered: false }]);
  });

  it('does not believe it after a redirect to a path that is not that of a domain', async () => {
    const server = await serveRdap(({ path }) => {
      if (path.endsWith('/help')) return act.help();
      return path === '/lost' ? act.notFoundEmpty() : act.redirect('/lost');
    });
    expect((await ask(server)).found).toMatchObject([
      { failure: expect.stringContaining('HTTP status 404') },
    ]);
  });

  it('tells the base URLs of one server apart', async () => {
    const server = await serveRdap(({ path }) => (path === '/a/help' ? act.help() : act.notFoundEmpty()));
    const askRdap = createFastRdap();
    expect(await askRdap([`${server.url}a/`], 'x.dev')).toMatchObject({ registered: false });
    expect(await askRdap([`${server.url}b/`], 'x.app')).toHaveProperty('failure');
  });

  it('asks for help again after a transient failure', async () => {
    const server = await serving(act.inTurn(act.fail(500), act.help()), act.notFoundEmpty());
    expect((await ask(server)).found).toMatchObject([{ registered: false }]);
  });

  it('asks for help again for the next name if no answer came in time', async () => {
    let isSilent = true;
    const server = await serving(
      (request, client) => (isSilent ? act.silent : act.help())(request, client),
      act.notFoundEmpty(),
    );
    const askRdap = createFastRdap(2000);
    expect(await askRdap([server.url], 'x.dev')).toHaveProperty('failure');
    isSilent = false;
    expect(await askRdap([server.url], 'y.dev')).toMatchObject({ registered: false });
  });
});

describe.concurrent('createRdap and a fault that passes', () => {
  it.each([
    ['a reset', act.reset],
    ['half an answer', act.brokenOff(act.found())],
    ['status 500', act.fail(500)],
    ['status 502', act.content('', { status: 502 })],
    ['status 408', act.fail(408)],
    ['429', act.limited()],
    ['429 and Retry-After: 0', act.limited(0)],
    ['429 and a date of now', act.limited(new Date())],
    ['429 and an unreadable Retry-After', act.limited('soon')],
    ['503', act.unavailable()],
    ['503 and Retry-After: 0', act.unavailable(0)],
  ])('asks again after %s', async (_what, fault) => {
    const server = await serveRdap(() => act.inTurn(fault, act.found()));
    const { found, requests } = await ask(server);
    expect(found).toMatchObject([{ registered: true, url: `${server.url}domain/x.dev` }]);
    expect(requests).toHaveLength(2);
  });

  it('asks again after silence', async () => {
    const server = await serveRdap(() => act.inTurn(act.silent, act.found()));
    expect((await ask(server, ['x.dev'], 3000)).found).toMatchObject([{ registered: true }]);
  });

  it('does not ask often about a name for which the registry always fails', async () => {
    const { requests } = await ask(await serveRdap(() => act.fail(500)), ['x.dev'], 2000);
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.length).toBeLessThan(8);
  });

  it('loses no name to a registry that fails one time in ten', async () => {
    let count = 0;
    const server = await serveRdap(
      () => (request, client) => (count++ % 10 === 1 ? act.fail(500) : act.notFound())(request, client),
    );
    for (const found of await askAtOnce(server, manyNames)) {
      expect(found).toMatchObject({ registered: false });
    }
  });

  it('loses no name to a registry that resets all connections for a while', async () => {
    let count = 0;
    const server = await serveRdap(
      () => (request, client) => (count++ < 8 ? act.reset : act.notFound())(request, client),
    );
    for (const found of await askAtOnce(server, manyNames)) {
      expect(found).toMatchObject({ registered: false });
    }
  });

  it('loses one name to a registry that always fails for that name', async () => {
    const bad = manyNames[1];
    const server = await serveRdap(({ name }) => (name === bad ? act.fail(500) : act.notFound()));
    const host = new URL(server.url).host;
    for (const [index, found] of (await askAtOnce(server, manyNames, 2000)).entries()) {
      expect(found).toMatchObject(
        index === 1 ? { failure: `HTTP status 500 from ${host}` } : { registered: false },
      );
    }
  });

  it.each([
    ['429', act.limited()],
    ['503', act.unavailable(1)],
  ])('gives a name up after the longest wait if the registry always says %s', async (_what, refusal) => {
    const { found, host } = await ask(await serveRdap(() => refusal), ['x.dev'], 2500);
    expect(found).toMatchObject([{ failure: `${host} is limiting requests` }]);
  });

  it.each([
    ['status 400', act.fail(400)],
    ['a page that is not RDAP', act.notJson()],
    ['an unsafe redirect', act.redirect('file:///etc/passwd')],
  ])('does not ask again after %s', async (_what, action) => {
    const { found, requests } = await ask(await serveRdap(() => action));
    expect(found).toMatchObject([{ failure: expect.any(String) }]);
    expect(requests).toHaveLength(1);
  });
});

describe.concurrent('createRdap and several servers', () => {
  it.each([
    ['fails', act.fail(500)],
    ['does not speak RDAP', act.notJson()],
    ['refuses', act.limited(3600)],
  ])('asks the next one at once if one %s', async (_what, action) => {
    const [first, second] = [await serveRdap(() => action), await serveRdap({})];
    const found = await createFastRdap()([first.url, second.url], 'x.dev');
    expect(found).toMatchObject({ registered: false, url: `${second.url}domain/x.dev` });
    expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
  });

  it('leaves time for the next one if one never answers', async () => {
    const [first, second] = [await serveRdap(() => act.silent), await serveRdap({})];
    const found = await createFastRdap(4000)([first.url, second.url], 'x.dev');
    expect(found).toMatchObject({ registered: false });
  });

  it('asks again those that may answer later', async () => {
    const [first, second] = [
      await serveRdap(() => act.inTurn(act.reset, act.notFound())),
      await serveRdap(() => act.fail(400)),
    ];
    const found = await createFastRdap()([first.url, second.url], 'x.dev');
    expect(found).toMatchObject({ registered: false, url: `${first.url}domain/x.dev` });
    expect([first.requests.length, second.requests.length]).toEqual([2, 1]);
  });
});
