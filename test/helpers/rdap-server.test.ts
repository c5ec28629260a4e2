import { afterEach, describe, expect, it } from 'vitest';
import { ask, type Response } from './rdap-server/raw-client.js';
import * as rdap from './rdap-server.js';

const opened: { close(): unknown }[] = [];
afterEach(async () => void (await Promise.all(opened.splice(0).map((each) => each.close()))));

async function start(behaviour: rdap.Registrations | rdap.RdapBehaviour) {
  const server = await rdap.startRdapServer(behaviour);
  opened.push(server);
  return { server, lookUp: (name = 'x.dev') => ask(`${server.url}domain/${name}`) };
}

/** The response to a look-up of `x.dev`. */
const responseOf = async (action: rdap.Action) => (await start(() => action)).lookUp();

const objectOf = ({ body }: Response): unknown => JSON.parse(body.toString());
const rdapType = 'application/rdap+json';

describe('the action found of an RDAP test server', () => {
  it('sends a domain object with its states', async () => {
    const response = await responseOf(rdap.found(['client hold', 'pending delete']));
    expect(response).toMatchObject({ status: 200, headers: { 'content-type': rdapType } });
    expect(objectOf(response)).toMatchObject({
      rdapConformance: ['rdap_level_0'],
      objectClassName: 'domain',
      ldhName: 'x.dev',
      status: ['client hold', 'pending delete'],
    });
    expect(objectOf(response)).not.toHaveProperty('unicodeName');
  });

  it('sends an active object by default, with the Unicode form of an internationalized name', async () => {
    const { lookUp } = await start(() => rdap.found());
    const expected = { status: ['active'], ldhName: 'xn--bcher-kva.dev', unicodeName: 'bücher.dev' };
    expect(objectOf(await lookUp('xn--bcher-kva.dev'))).toMatchObject(expected);
  });

  it('can send the object of another name', async () => {
    expect(objectOf(await responseOf(rdap.otherName('y.dev')))).toMatchObject({ ldhName: 'y.dev' });
  });

  it('can send control characters in every text', async () => {
    const [state, name] = ['\u001b[2Jactive\u0007', 'x\u001b]0;title\u0007.dev'];
    const response = await responseOf(rdap.found([state], { name }));
    expect(objectOf(response)).toMatchObject({ status: [state], ldhName: name });
  });

  it('can change and remove members', async () => {
    const members = { objectClassName: 'entity', ldhName: undefined };
    const object = objectOf(await responseOf(rdap.found([], { members })));
    expect(object).toMatchObject({ objectClassName: 'entity', status: [] });
    expect(object).not.toHaveProperty('ldhName');
  });

  it('can pad the object to any length', async () => {
    const response = await responseOf(rdap.found(['ok'], { octets: 2 ** 20 + 1 }));
    expect(response.body).toHaveLength(1_048_577);
    expect(objectOf(response)).toMatchObject({ ldhName: 'x.dev' });
  });
});

describe('an error of an RDAP test server', () => {
  it.each([
    ['not found', rdap.notFound(), 404, 'Not Found'],
    ['not found, with another title', rdap.notFound('\u001b[31mNone'), 404, '\u001b[31mNone'],
    ['limited', rdap.limited(), 429, 'Too Many Requests'],
    ['unavailable', rdap.unavailable(), 503, 'Service Unavailable'],
    ['any other', rdap.fail(500), 500, 'Internal Server Error'],
  ])('has an RDAP body (%s)', async (_case, action, status, title) => {
    const response = await responseOf(action);
    expect(response).toMatchObject({ status, headers: { 'content-type': rdapType } });
    expect(objectOf(response)).toMatchObject({ errorCode: status, title });
    expect(response.headers).not.toHaveProperty('retry-after');
  });

  it.each([
    ['limited', rdap.limited, 429],
    ['unavailable', rdap.unavailable, 503],
  ] as const)('can have a Retry-After header (%s)', async (_case, refuse, status) => {
    const date = new Date('2026-02-03T04:05:06Z');
    const values = { 7: 7, 'Tue, 03 Feb 2026 04:05:06 GMT': date, soon: 'soon' };
    for (const [header, value] of Object.entries(values)) {
      expect(await responseOf(refuse(value))).toMatchObject({ status, headers: { 'retry-after': header } });
    }
  });

  it('can have an empty body', async () => {
    const response = await responseOf(rdap.notFoundEmpty());
    expect([response.status, response.body.length]).toEqual([404, 0]);
    expect(response.headers).not.toHaveProperty('content-type');
  });

  it('can be a web page', async () => {
    const [missing, good] = [await responseOf(rdap.html404()), await responseOf(rdap.notJson())];
    expect([missing.status, good.status]).toEqual([404, 200]);
    for (const { headers, body } of [missing, good]) {
      expect(headers['content-type']).toBe('text/html');
      expect(body.toString()).toMatch(/^<!DOCTYPE html>/);
    }
  });
});

describe('a redirect of an RDAP test server', () => {
  it('leads to another server, or to a given location', async () => {
    const { server } = await start({});
    const location = `${server.url}domain/x.dev`;
    expect(await responseOf(rdap.redirect(server))).toMatchObject({ status: 302, headers: { location } });
    const moved = rdap.redirect('../elsewhere', 307);
    expect(await responseOf(moved)).toMatchObject({ status: 307, headers: { location: '../elsewhere' } });
  });

  it('can lead to itself', async () => {
    expect(await responseOf(rdap.loop)).toMatchObject({
      status: 302,
      headers: { location: '/domain/x.dev' },
    });
  });

  it('can be followed by more redirects', async () => {
    const { server } = await start(() => rdap.redirected(2, rdap.found()));
    const statuses: number[] = [];
    for (let url: unknown = '/domain/x.dev'; typeof url === 'string'; ) {
      const { status, headers } = await ask(new URL(url, server.url).href);
      statuses.push(status);
      url = headers['location'];
    }
    expect(statuses).toEqual([302, 302, 200]);
    expect(new Set(server.requests.map(({ name }) => name))).toEqual(new Set(['x.dev']));
    expect(new Set(server.requests.map(({ path }) => path)).size).toBe(3);
  });
});

it('an RDAP test server can send any content', async () => {
  const action = rdap.content('{}', { status: 404, type: 'application/json', headers: { etag: '"1"' } });
  const headers = { 'content-type': 'application/json', etag: '"1"', 'content-length': '2' };
  expect(await responseOf(action)).toMatchObject({ status: 404, headers, body: Buffer.from('{}') });
});

describe('requests to an RDAP test server', () => {
  it('are answered by name', async () => {
    const { server, lookUp } = await start({ 'x.dev': rdap.found() });
    expect((await lookUp('x.dev')).status).toBe(200);
    expect((await lookUp('X%2Edev')).status).toBe(200);
    expect((await ask(`${server.url}any/path/domain/x.dev?query`)).status).toBe(200);
    expect((await lookUp('constructor')).status).toBe(404);
    expect((await ask(`${server.url}nothing`)).status).toBe(400);
    expect(objectOf(await ask(`${server.url}any/path/help`))).toEqual({
      rdapConformance: ['rdap_level_0'],
      notices: [expect.any(Object)],
    });
  });

  it('are recorded', async () => {
    const { server, lookUp } = await start({});
    for (const name of ['x.dev', 'Y%2edev', 'x.dev', '%ff']) await lookUp(name);
    const seen = server.requests.map(({ path, name, attempt }) => [path, name, attempt]);
    expect(seen).toEqual([
      ['/domain/x.dev', 'x.dev', 1],
      ['/domain/Y%2edev', 'y.dev', 1],
      ['/domain/x.dev', 'x.dev', 2],
      ['/domain/%ff', '%ff', 1],
    ]);
    const [first] = server.requests;
    expect(first).toMatchObject({ method: 'GET', accept: rdapType, url: `${server.url}domain/x.dev` });
    expect(new Set(server.requests.map(({ port }) => port)).size).toBe(4);
  });

  it.each([
    ['the method is not GET', { method: 'POST' }, 405],
    ['the client does not accept RDAP', { accept: 'application/json' }, 406],
  ])('are refused if %s', async (_case, options, status) => {
    const { server } = await start(() => rdap.found());
    expect((await ask(`${server.url}domain/x.dev`, options)).status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });
});

it('bootstrapFor makes a bootstrap file in the format of IANA', () => {
  const same = ['https://rdap.example/', 'http://rdap.example/'];
  const text = rdap.bootstrapFor(
    { dev: 'https://dev.example/', app: same, 'co.uk': same },
    '2026-07-23T02:00:03Z',
  );
  expect(JSON.parse(text)).toEqual({
    version: '1.0',
    publication: '2026-07-23T02:00:03Z',
    description: expect.any(String),
    services: [
      [['dev'], ['https://dev.example/']],
      [['app', 'co.uk'], same],
    ],
  });
});
