import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { describeNetworkError, isTransientError } from './network-failure.js';
import { type Proxies, proxyFor } from './proxies.js';
import type { HttpFailure, SendRequest } from './send-request.js';

/** Creates a function that sends requests through proxies, and by `direct` if they need none. */
export function createProxiedRequest(proxies: Proxies, direct: SendRequest): SendRequest {
  const agents = new Map<string, HttpsProxyAgent<string>>();
  const agentOf = ({ href }: URL): HttpsProxyAgent<string> => {
    const agent = agents.get(href) ?? new HttpsProxyAgent(href, { keepAlive: true });
    agents.set(href, agent);
    return agent;
  };
  return async (url, init) => {
    const proxy = proxyFor(url, proxies);
    if (proxy === undefined) return direct(url, init);
    // Compressed responses would not be understood.
    const headers = { ...init.headers, 'accept-encoding': 'identity' };
    return url.protocol === 'https:'
      ? throughTunnel(url, proxy, { headers, signal: init.signal, agent: agentOf(proxy) })
      : byProxy(url, proxy, { headers, signal: init.signal });
  };
}

/** Asks through a tunnel that a proxy opens (RFC 9110 section 9.3.6). */
function throughTunnel(url: URL, proxy: URL, options: RequestOptions): Promise<Response | HttpFailure> {
  return new Promise((resolve) => {
    let peer = nameOf(proxy);
    const request = requestHttps(url, options);
    request.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      peer = url.host;
      // The answer of the proxy must not be taken for that of the server.
      if (statusCode === 200) return;
      resolve(refusalBy(proxy, statusCode));
      request.destroy();
    });
    request.on('response', (message) => resolve(toResponse(message)));
    request.on('error', (error) => resolve(failureOf(error, request.reusedSocket ? url.host : peer)));
    request.end();
  });
}

/** Asks a proxy for a document (RFC 9112 section 3.2.2). */
function byProxy(url: URL, proxy: URL, options: RequestOptions): Promise<Response | HttpFailure> {
  return new Promise((resolve) => {
    const { hostname, port, username, password } = proxy;
    const auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const authorization = auth === ':' ? {} : { 'proxy-authorization': `Basic ${btoa(auth)}` };
    const open = proxy.protocol === 'https:' ? requestHttps : requestHttp;
    const request = open({
      ...options,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port || (proxy.protocol === 'https:' ? 443 : 80),
      path: url.href,
      headers: { ...options.headers, host: url.host, ...authorization },
    });
    request.on('response', (message) => {
      if (message.statusCode !== 407) return resolve(toResponse(message));
      resolve(refusalBy(proxy, 407));
      request.destroy();
    });
    request.on('error', (error) => resolve(failureOf(error, nameOf(proxy))));
    request.end();
  });
}

const nameOf = ({ host }: URL): string => `the proxy ${host}`;

const refusalBy = (proxy: URL, status: number): HttpFailure => ({
  failure: `HTTP status ${status} from ${nameOf(proxy)}`,
  transient: status >= 500 || status === 429,
  responded: false,
});

const failureOf = (error: NodeJS.ErrnoException, peer: string): HttpFailure => ({
  failure: describeNetworkError(error, peer),
  transient: isTransientError(error),
  responded: false,
});

/** Statuses whose responses have no body. */
const bodiless = new Set([204, 205, 304]);

function toResponse(message: IncomingMessage): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  if (!bodiless.has(status)) return new Response(Readable.toWeb(message), { status, headers });
  message.resume();
  return new Response(null, { status, headers });
}
