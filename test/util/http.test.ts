import { afterEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { describeStatus, type HttpResult, httpGet, isTransient } from '../../src/util/http.js';
import { makeAuthority } from '../helpers/certificate.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';

afterEach(() => void vi.useRealTimers());

const mebibyte = 1024 * 1024;

/** Gets a document over HTTP from a server that performs this action. */
async function resultOf(action: act.Action, signal = AbortSignal.timeout(10_000)) {
  const server = await serveRdap(() => action);
  const result = await httpGet(`${server.url}domain/x.dev`, 'application/rdap+json', signal);
  return { result, server, host: new URL(server.url).host };
}

const textOf = (result: HttpResult) => ('body' in result ? result.body.toString() : result.failure);

describe('httpGet', () => {
  it('says who asks', async () => {
    const server = await serveRdap({});
    await httpGet(`${server.url}domain/x.dev`, '*/*', AbortSignal.timeout(10_000));
    expect(server.requests[0]?.headers['user-agent']).toBe(`blogdom/${packageJson.version}`);
  });

  it('returns status and body whatever the status, and requests the media type', async () => {
    const { result, server, host } = await resultOf(act.content('grüß dich', { status: 418 }));
    expect(result).toEqual({
      url: `${server.url}domain/x.dev`,
      ...{ host, status: 418, retryAfter: undefined, body: Buffer.from('grüß dich') },
    });
    expect(server.requests).toMatchObject([
      { method: 'GET', path: '/domain/x.dev', accept: 'application/rdap+json' },
    ]);
  });

  it.each([
    ['that comes in pieces', act.trickled],
    ['that is compressed', act.gzipped],
  ])('returns a whole body %s', async (_how, sent) => {
    expect(textOf((await resultOf(sent(act.content('grüß dich')))).result)).toBe('grüß dich');
  });

  it.each([
    ['seconds', '120', 120_000],
    ['no seconds', '0', 0],
    ['a date', 'Thu, 01 Jan 2032 00:02:00 GMT', 120_000],
    ['a date in the past', 'Wed, 31 Dec 2031 23:00:00 GMT', 0],
    ['words', 'after lunch', undefined],
  ])('reads a Retry-After header of %s', async (_what, header, milliseconds) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2032, 0, 1) });
    const { result } = await resultOf(act.limited(header));
    expect(result).toMatchObject({ status: 429, retryAfter: milliseconds });
  });

  it.each([301, 302, 303, 307, 308])('follows a redirect of status %i to another server', async (status) => {
    const target = await serveRdap({ 'x.dev': act.content('here') });
    const { result } = await resultOf(act.redirect(target, status));
    expect(result).toMatchObject({
      url: `${target.url}domain/x.dev`,
      ...{ host: new URL(target.url).host, status: 200 },
    });
    expect(textOf(result)).toBe('here');
  });

  it('follows 5 redirects but not a 6th', async () => {
    expect(textOf((await resultOf(act.redirected(5, act.content('here')))).result)).toBe('here');
    const { result, server, host } = await resultOf(act.redirected(6, act.content('here')));
    expect(result).toEqual({
      failure: `${host} redirects more than 5 times`,
      transient: false,
      responded: true,
    });
    expect(server.requests).toHaveLength(6);
  });

  it('ends a redirect loop', async () => {
    const { result, server, host } = await resultOf(act.loop);
    expect(result).toEqual({
      failure: `${host} redirects more than 5 times`,
      transient: false,
      responded: true,
    });
    expect(server.requests).toHaveLength(6);
  });

  it.each([
    'file:///etc/passwd',
    'data:application/json,{}',
    'ftp://127.0.0.1/',
    'http://[',
    'javascript:0',
    'https://\u009b2J/',
    'http://user@127.0.0.1/',
    'http://:password@127.0.0.1/',
  ])('does not follow a redirect to %j', async (location) => {
    const { result, host } = await resultOf(act.redirect(location));
    expect(result).toEqual({
      failure: `${host} redirects to an unsafe or invalid URL`,
      transient: false,
      responded: true,
    });
  });

  it('returns a failure for a redirect to a port that fetch blocks', async () => {
    const { result } = await resultOf(act.redirected(1, act.redirect('http://127.0.0.1:1/')));
    expect(textOf(result)).toBe('bad port at 127.0.0.1:1');
  });

  it('reuses the connection that sent a redirect', async () => {
    const page = act.content('Moved', { status: 301, type: 'text/html' });
    const server = await serveRdap(() => (request, client) => {
      if (request.path === '/new') return act.content('here')(request, client);
      page(request, { ...client, send: (reply) => client.send({ ...reply, headers: { location: '/new' } }) });
    });
    const signal = AbortSignal.timeout(10_000);
    for (let count = 0; count < 20; count++) await httpGet(`${server.url}old`, '*/*', signal);
    expect(server.requests).toHaveLength(40);
    // A connection that is still busy with a redirect is not waited for.
    expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThan(20);
  });

  it('accepts a body of 1 MiB', async () => {
    const { result } = await resultOf(act.content('a'.repeat(mebibyte)));
    expect('body' in result && result.body.length).toBe(mebibyte);
  });

  it.each([
    ['a body of one octet more than 1 MiB', act.content('a'.repeat(mebibyte + 1))],
    ['an endless body', act.endless],
    ['a body of more than 1 MiB after decompression', act.gzipped(act.content('a'.repeat(2 * mebibyte)))],
  ])('refuses %s', async (_what, action) => {
    const { result, server, host } = await resultOf(action);
    expect(result).toEqual({ failure: `${host} sends more than 1 MiB`, transient: false, responded: true });
    await server.idle();
  });
});

describe.concurrent('httpGet describes a failure in words and does not throw', () => {
  it.each([
    ['a 200 breaks off', act.brokenOff(act.found()), 'connection closed by', true],
    ['a 404 breaks off', act.brokenOff(act.notFound()), 'connection closed by', true],
    ['the connection is reset', act.reset, 'connection reset by', false],
    ['the connection is reset after a redirect', act.redirected(1, act.reset), 'connection reset by', true],
  ])('if %s', async (_what, action, words, responded) => {
    const { result, host } = await resultOf(action);
    expect(result).toEqual({ failure: `${words} ${host}`, transient: true, responded });
  });

  it.each([
    ['no response comes', act.silent, false],
    ['half a response comes', act.stalled(act.found()), true],
  ])('if %s in time', async (_what, action, responded) => {
    const { result, host } = await resultOf(action, AbortSignal.timeout(1000));
    expect(result).toEqual({ failure: `no answer in time from ${host}`, transient: true, responded });
  });

  it('if the compressed body is corrupt', async () => {
    const { result, host } = await resultOf(
      act.content('not gzip', { headers: { 'content-encoding': 'gzip' } }),
    );
    expect(result).toEqual({
      failure: `invalid compression from ${host}`,
      transient: false,
      responded: true,
    });
  });

  it('if nothing listens', async () => {
    const server = await serveRdap({});
    await server.close();
    const result = await httpGet(server.url, '*/*', AbortSignal.timeout(10_000));
    expect(result).toEqual({
      failure: `nothing is listening at ${new URL(server.url).host}`,
      transient: true,
      responded: false,
    });
  });

  it('if the certificate is not trusted', async () => {
    const stranger = await makeAuthority();
    const server = await serveRdap({}, { tls: await stranger.issue() });
    await stranger.remove();
    const result = await httpGet(server.url, '*/*', AbortSignal.timeout(10_000));
    const { host } = new URL(server.url);
    const failure = `certificate from an unknown issuer at ${host}`;
    expect(result).toEqual({ failure, transient: false, responded: false });
    expect(server.requests).toEqual([]);
  });
});

describe('isTransient', () => {
  const response = (status: number) => ({
    url: 'http://h/',
    host: 'h',
    status,
    retryAfter: undefined,
    body: Buffer.alloc(0),
  });

  it.each([408, 429, 500, 502, 503, 504])('is true of status %i', (status) => {
    expect(isTransient(response(status))).toBe(true);
  });

  it.each([200, 301, 400, 403, 404, 410])('is false of status %i', (status) => {
    expect(isTransient(response(status))).toBe(false);
  });

  it.each([true, false])('is %s of a failure that is marked so', (transient) => {
    expect(isTransient({ failure: 'no answer', transient, responded: false })).toBe(transient);
  });
});

describe('describeStatus', () => {
  it('names the status and the host', () => {
    expect(describeStatus({ status: 500, host: 'registry.example' })).toBe(
      'HTTP status 500 from registry.example',
    );
  });
});
