import { describe, expect, it } from 'vitest';
import { type HttpResult, httpGet } from '../../src/util/http.js';
import { readNoProxy } from '../../src/util/no-proxy.js';
import type { Proxies } from '../../src/util/proxies.js';
import { requestThrough } from '../../src/util/request-through.js';
import { makeAuthority } from '../helpers/certificate.js';
import { serveProxy } from '../helpers/proxy.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as act from '../helpers/rdap-server.js';
import { nobody } from '../helpers/serve.js';

const through = (url: URL, noProxy = ''): Proxies => ({
  http: url,
  https: url,
  isDirect: readNoProxy(noProxy),
});

const get = (url: string, proxies: Proxies, signal = AbortSignal.timeout(10_000)): Promise<HttpResult> =>
  httpGet(url, 'application/rdap+json', signal, requestThrough(proxies));

const textOf = (result: HttpResult) => ('body' in result ? result.body.toString() : result.failure);

/** A server with a certificate that nobody trusts. */
async function serveUntrusted() {
  const authority = await makeAuthority();
  const server = await serveRdap({}, { tls: await authority.issue() });
  await authority.remove();
  return server;
}

describe('a request for a document over HTTP', () => {
  it('is passed on by the proxy, also after a redirect', async () => {
    const [proxy, target] = [await serveProxy(), await serveRdap({ 'x.dev': act.content('grüß dich') })];
    const server = await serveRdap(() => act.redirect(target));
    const result = await get(`${server.url}domain/x.dev`, through(proxy.url));
    expect(textOf(result)).toBe('grüß dich');
    expect(result).toMatchObject({ url: `${target.url}domain/x.dev`, status: 200 });
    expect(proxy.requests).toEqual([
      { line: `GET ${server.url}domain/x.dev`, authorization: undefined },
      { line: `GET ${target.url}domain/x.dev`, authorization: undefined },
    ]);
    expect(target.requests).toMatchObject([{ accept: 'application/rdap+json' }]);
  });

  it('tells the proxy the user and the password of its URL', async () => {
    const [proxy, server] = [await serveProxy(), await serveRdap({})];
    const url = new URL(proxy.url);
    url.username = 'me';
    url.password = 'p@ss';
    await get(`${server.url}help`, through(url));
    expect(proxy.requests).toMatchObject([{ authorization: `Basic ${btoa('me:p@ss')}` }]);
  });

  it('is not sent to the proxy if the host is an exception', async () => {
    const [proxy, server] = [await serveProxy(), await serveRdap({ 'x.dev': act.content('here') })];
    expect(textOf(await get(`${server.url}domain/x.dev`, through(proxy.url, '127.0.0.1')))).toBe('here');
    expect(proxy.requests).toEqual([]);
  });

  it.each([
    ['no content', act.content('', { status: 204 }), ''],
    ['a status of the server', act.notFound(), expect.stringContaining('"errorCode":404')],
  ])('returns %s', async (_what, action, text) => {
    const [proxy, server] = [await serveProxy(), await serveRdap(() => action)];
    expect(textOf(await get(`${server.url}domain/x.dev`, through(proxy.url)))).toEqual(text);
  });

  it('fails in time if no response comes, or only half of one', async () => {
    const proxy = await serveProxy();
    for (const action of [act.silent, act.stalled(act.found())]) {
      const server = await serveRdap(() => action);
      const result = await get(server.url, through(proxy.url), AbortSignal.timeout(500));
      expect(result).toMatchObject({ failure: `no answer in time from ${new URL(server.url).host}` });
    }
  });
});

describe('a request for a document over HTTPS', () => {
  it('goes through a tunnel, and the certificate of the server is verified', async () => {
    const [proxy, server] = [await serveProxy(), await serveUntrusted()];
    const { host } = new URL(server.url);
    expect(await get(server.url, through(proxy.url))).toEqual({
      failure: `certificate from an unknown issuer at ${host}`,
      ...{ transient: false, responded: false },
    });
    expect(proxy.requests).toEqual([{ line: `CONNECT ${host}`, authorization: undefined }]);
    expect(server.requests).toEqual([]);
  });

  it.each([
    [404, false],
    [407, false],
    [502, true],
  ])('does not take the status %i of the proxy for an answer of the server', async (status, transient) => {
    const proxy = await serveProxy(status);
    const failure = `HTTP status ${status} from the proxy ${proxy.url.host}`;
    const result = await get('https://rdap.example/domain/x.dev', through(proxy.url));
    expect(result).toEqual({ failure, transient, responded: false });
  });
});

describe.each(['http', 'https'])('a request over %s', (scheme) => {
  it('names the proxy if that cannot be reached', async () => {
    const { address } = await nobody();
    expect(await get(`${scheme}://rdap.example/`, through(new URL(`http://${address}`)))).toEqual({
      failure: `nothing is listening at the proxy ${address}`,
      ...{ transient: true, responded: false },
    });
  });

  it('is a failure if the proxy wants a password', async () => {
    const proxy = await serveProxy(407);
    expect(textOf(await get(`${scheme}://rdap.example/`, through(proxy.url)))).toBe(
      `HTTP status 407 from the proxy ${proxy.url.host}`,
    );
  });
});
