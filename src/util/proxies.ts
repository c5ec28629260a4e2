import type { Environment } from './environment.js';
import { type IsDirect, readNoProxy } from './no-proxy.js';
import { parseUrl } from './parse-url.js';
import { quoted } from './printable.js';

/** The proxies that the user has chosen in the environment. */
export interface Proxies {
  /** The proxy for URLs of each protocol; undefined if there is none. */
  readonly http: URL | undefined;
  readonly https: URL | undefined;
  /** The hosts that are asked directly. */
  readonly isDirect: IsDirect;
}

/**
 * Reads the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY. Those in lower case go first; an empty one counts as not set.
 *
 * @returns undefined if no proxy is set, or a problem in one line if one is not a URL of HTTP.
 */
export function readProxies(env: Environment): Proxies | undefined | { readonly problem: string } {
  const http = readProxy(env, 'HTTP_PROXY');
  const https = readProxy(env, 'HTTPS_PROXY');
  if (http && 'problem' in http) return http;
  if (https && 'problem' in https) return https;
  if (http === undefined && https === undefined) return undefined;
  return { http, https, isDirect: readNoProxy(textOf(env, 'NO_PROXY')) };
}

/** Returns the proxy through which a URL is asked; undefined if it is asked directly. */
export function proxyFor({ protocol, hostname, port }: URL, proxies: Proxies): URL | undefined {
  const proxy = protocol === 'https:' ? proxies.https : proxies.http;
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  return proxies.isDirect(hostname.replace(/^\[|\]$/g, ''), usedPort) ? undefined : proxy;
}

type Variable = 'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY';

const textOf = (env: Environment, variable: Variable): string =>
  env[variable.toLowerCase()] || env[variable] || '';

function readProxy(env: Environment, variable: Variable): URL | undefined | { readonly problem: string } {
  const text = textOf(env, variable);
  if (text === '') return undefined;
  const proxy = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (proxy && /^https?:$/.test(proxy.protocol)) return proxy;
  // The rest of the URL may have a password.
  const got = proxy ? quoted(`${proxy.protocol}//${proxy.host}`) : 'something else';
  return { problem: `${variable}: expected a URL such as http://proxy.example:3128, got ${got}` };
}
