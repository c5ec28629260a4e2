import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/registries/client/client.js';
import { createRdap } from '../../../src/registries/rdap/rdap.js';
import { domainObject } from '../../helpers/rdap-server/domain.js';
import {
  emptyNotFound,
  fail,
  found,
  help,
  inTurn,
  notFound,
  type PlayedReply,
  playRegistries,
  reply,
  reset,
  silent,
  webPage,
} from '../played.js';

const base = 'https://rdap.example/';

/** Asks played registries about names, one after the other. */
function openRdap(behaviour: PlayedReply, longestWait = 10_000) {
  const { paths, platform, play, requests } = playRegistries(behaviour);
  const askRdap = createRdap(createClient(longestWait, platform));
  return {
    paths,
    ask: (name = 'x.dev', bases: readonly string[] = [base]) => play(askRdap(bases, name)),
    askAll: (names: readonly string[]) => play(Promise.all(names.map((name) => askRdap([base], name)))),
    urls: () => requests.map(({ url }) => url),
  };
}

/** Replies in one way about help, and in another about names. */
const serving =
  (toHelp: PlayedReply, toDomain: PlayedReply): PlayedReply =>
  (request) =>
    (request.name === '' ? toHelp : toDomain)(request);

const manyNames = Array.from({ length: 12 }, (_, index) => `x${index}.dev`);
const unproven = {
  failure: 'HTTP status 404 from rdap.example, which has not shown that it speaks RDAP',
  url: `${base}domain/x.dev`,
};

describe('createRdap', () => {
  it('returns what the registry says, with the URL', async () => {
    const { ask } = openRdap(({ name, ...rest }) => (name === 'held' ? found : notFound)({ name, ...rest }));
    expect(await ask('held.dev')).toMatchObject({ registered: true, url: `${base}domain/held.dev` });
    expect(await ask('x.dev')).toEqual({ registered: false, url: `${base}domain/x.dev` });
  });

  it('returns the failure if the answer cannot be used', async () => {
    expect(await openRdap(webPage).ask()).toMatchObject({ failure: 'rdap.example did not answer in RDAP' });
  });

  it.each([
    ['https://rdap.example', 'https://rdap.example/domain/x.dev'],
    ['https://rdap.example/rdap', 'https://rdap.example/rdap/domain/x.dev'],
    ['https://rdap.example/a/b/', 'https://rdap.example/a/b/domain/x.dev'],
    ['https://rdap.example/rdap?key=1', 'https://rdap.example/rdap/domain/x.dev?key=1'],
    ['https://rdap.example/rdap/#top', 'https://rdap.example/rdap/domain/x.dev'],
    ['https://rdap.example?a=b?c#d?e', 'https://rdap.example/domain/x.dev?a=b?c'],
  ])('finds a service at %s', async (url, asked) => {
    const { ask, urls } = openRdap(notFound);
    await ask('x.dev', [url]);
    expect(urls()).toEqual([asked]);
  });

  it('returns no control characters from the URL of a service', async () => {
    const { ask } = openRdap(notFound);
    const { url } = await ask('x.dev', [`${base}\u001b]0;owned\u0007\u009b2J\r\u202e/`]);
    expect(url).toMatch(/^https:\/\/rdap\.example\/[!-~]+\/domain\/x\.dev$/);
  });
});

describe('createRdap and an empty 404', () => {
  it('believes it if the server answers a query for help, which it sends once', async () => {
    const { ask, paths } = openRdap(serving(help, emptyNotFound));
    for (const name of ['x.dev', 'y.dev']) expect(await ask(name)).toMatchObject({ registered: false });
    expect(paths()).toEqual(['domain/x.dev', 'help', 'domain/y.dev']);
  });

  it('sends one query for help for names that are asked about at the same time', async () => {
    const { askAll, paths } = openRdap(serving(help, emptyNotFound));
    for (const answer of await askAll(['x.dev', 'y.dev']))
      expect(answer).toMatchObject({ registered: false });
    expect(paths().filter((path) => path === 'help')).toHaveLength(1);
  });

  it('believes it if the server has sent a domain object, without a query for help', async () => {
    const { ask, paths } = openRdap(serving(help, inTurn(found, emptyNotFound)));
    expect([await ask(), await ask()]).toMatchObject([{ registered: true }, { registered: false }]);
    expect(paths()).toEqual(['domain/x.dev', 'domain/x.dev']);
  });

  it('believes it after a domain object, even if the query for help had failed', async () => {
    const { ask } = openRdap(
      serving(fail(400), (request) => (request.name === 'held' ? found : emptyNotFound)(request)),
    );
    expect(await ask()).toEqual(unproven);
    expect(await ask('held.dev')).toMatchObject({ registered: true });
    expect(await ask()).toMatchObject({ registered: false });
  });

  it('believes it from a service whose base URL has a query', async () => {
    const { ask, urls } = openRdap(serving(help, emptyNotFound));
    expect(await ask('x.dev', [`${base}rdap?key=1`])).toMatchObject({ registered: false });
    expect(urls()).toEqual([`${base}rdap/domain/x.dev?key=1`, `${base}rdap/help?key=1`]);
  });

  it.each([
    ['an empty 404, too', emptyNotFound],
    ['an RDAP error', notFound],
    ['a web page', webPage],
    ['a domain object', reply(200, domainObject('help', []))],
    ['that of another path after a redirect', (request) => ({ ...help(request), url: `${base}other/help` })],
    ['that of a path with another end', (request) => ({ ...help(request), url: `${base}helpful` })],
  ] as [string, PlayedReply][])(
    'does not believe it if the answer to the query for help is %s',
    async (_what, toHelp) => {
      const { ask, paths } = openRdap(serving(toHelp, emptyNotFound));
      expect([await ask(), await ask()]).toEqual([unproven, unproven]);
      expect(paths().filter((path) => path === 'help')).toHaveLength(1);
    },
  );

  /** Replies as another URL does, to which it redirects. */
  const redirected =
    (behaviour: PlayedReply, url: string): PlayedReply =>
    (request) => {
      const result = behaviour({ ...request, url });
      return result && 'status' in result ? { ...result, url, host: new URL(url).host } : result;
    };

  it("does not believe another server's after a redirect, though the registry speaks RDAP", async () => {
    const elsewhere = redirected(emptyNotFound, 'https://web.example/domain/x.dev');
    const { ask } = openRdap((request) => {
      if (request.path === 'help') return (request.url.startsWith(base) ? help : emptyNotFound)(request);
      return (request.name === 'held' ? found : elsewhere)(request);
    });
    expect(await ask('held.dev')).toMatchObject({ registered: true });
    expect(await ask()).toMatchObject({
      failure: 'HTTP status 404 from web.example, which has not shown that it speaks RDAP',
    });
  });

  it("believes another server's after a redirect if that server speaks RDAP", async () => {
    const elsewhere = redirected(emptyNotFound, 'https://other.example/rdap/domain/x.dev');
    const { ask, urls } = openRdap(serving(help, elsewhere));
    expect(await ask()).toMatchObject({ registered: false, redirectedTo: 'other.example' });
    expect(urls()).toEqual([`${base}domain/x.dev`, 'https://other.example/rdap/help']);
  });

  it('believes it whatever the letter case of the path', async () => {
    const { ask } = openRdap(serving(help, redirected(emptyNotFound, `${base}DOMAIN/X.DEV`)));
    expect(await ask()).toMatchObject({ registered: false });
  });

  it.each(['lost', 'domain/y.dev', 'xdomain/x.dev'])(
    'does not believe it after a redirect to /%s',
    async (path) => {
      const { ask, paths } = openRdap(serving(help, redirected(emptyNotFound, base + path)));
      expect(await ask()).toEqual(unproven);
      expect(paths()).toEqual(['domain/x.dev']);
    },
  );

  it('tells the base URLs of one server apart', async () => {
    const { ask } = openRdap((request) => (request.path === 'a/help' ? help : emptyNotFound)(request));
    expect(await ask('x.dev', [`${base}a/`])).toMatchObject({ registered: false });
    expect(await ask('x.app', [`${base}b/`])).toHaveProperty('failure');
  });

  it.each([
    ['a transient failure', fail(500)],
    ['a refusal', fail(429)],
    ['silence', silent],
  ])('asks for help again after %s', async (_what, fault) => {
    const { ask } = openRdap(serving(inTurn(fault, help), emptyNotFound));
    expect(await ask()).toMatchObject({ registered: false });
  });

  it.each([
    ['no answer came in time', silent],
    ['the server had trouble', fail(500)],
  ])('asks for help again for the next name if %s', async (_what, fault) => {
    let isAway = true;
    const { ask } = openRdap(
      serving((request) => (isAway ? fault : help)(request), emptyNotFound),
      2000,
    );
    expect(await ask()).toEqual(unproven);
    isAway = false;
    expect(await ask('y.dev')).toMatchObject({ registered: false });
  });
});

describe('createRdap and a fault that passes', () => {
  it('loses no name to a registry that fails one time in ten', async () => {
    let count = 0;
    const { askAll } = openRdap((request) => (count++ % 10 === 1 ? fail(500) : notFound)(request));
    for (const answer of await askAll(manyNames)) expect(answer).toMatchObject({ registered: false });
  });

  it('loses no name to a registry that resets all connections for a while', async () => {
    const { askAll } = openRdap((request) => (request.time < 3000 ? reset : notFound)(request));
    for (const answer of await askAll(manyNames)) expect(answer).toMatchObject({ registered: false });
  });

  it('loses one name to a registry that always fails for that name', async () => {
    const { askAll } = openRdap((request) => (request.name === 'x1' ? fail(500) : notFound)(request));
    for (const [index, answer] of (await askAll(manyNames)).entries()) {
      expect(answer).toMatchObject(
        index === 1 ? { failure: 'HTTP status 500 from rdap.example' } : { registered: false },
      );
    }
  });

  it.each([
    ['status 400', fail(400)],
    ['a page that is not RDAP', webPage],
  ])('does not ask again after %s', async (_what, answer) => {
    const { ask, paths } = openRdap(answer);
    expect(await ask()).toMatchObject({ failure: expect.any(String) });
    expect(paths()).toHaveLength(1);
  });
});
