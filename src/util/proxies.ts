import type { Environment } from './environment.js';
import { quoted } from './printable.js';

/** The proxies that the user has chosen in the environment. */
export interface Proxies {
  /** The proxy for URLs of each protocol; undefined if there is none. */
  readonly http: URL | undefined;
  readonly https: URL | undefined;
  /** The hosts that are asked directly. */
  readonly direct: readonly DirectHost[];
}

/** A host that is asked directly, with all hosts below it. */
interface DirectHost {
  /** In lower case, without a dot before it; `*` for all hosts. */
  readonly host: string;
  /** Undefined for all ports. */
  readonly port: string | undefined;
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
  const direct = textOf(env, 'NO_PROXY')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(readDirectHost);
  return { http, https, direct };
}

/** Returns the proxy through which a URL is asked; undefined if it is asked directly. */
export function proxyFor({ protocol, hostname, port }: URL, proxies: Proxies): URL | undefined {
  const proxy = protocol === 'https:' ? proxies.https : proxies.http;
  const usedPort = port || (protocol === 'https:' ? '443' : '80');
  const isDirect = proxies.direct.some(
    (direct) =>
      (direct.host === '*' || hostname === direct.host || hostname.endsWith(`.${direct.host}`)) &&
      (direct.port === undefined || direct.port === usedPort),
  );
  return isDirect ? undefined : proxy;
}

type Variable = 'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY';

const textOf = (env: Environment, variable: Variable): string =>
  env[variable.toLowerCase()] || env[variable] || '';

function readProxy(env: Environment, variable: Variable): URL | undefined | { readonly problem: string } {
  const text = textOf(env, variable);
  if (text === '') return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const proxy = URL.canParse(url) ? new URL(url) : undefined;
  if (proxy && /^https?:$/.test(proxy.protocol)) return proxy;
  // The rest of the URL may have a password.
  const got = proxy ? quoted(`${proxy.protocol}//${proxy.host}`) : 'something else';
  return { problem: `${variable}: expected a URL such as http://proxy.example:3128, got ${got}` };
}

/** Reads a host, with or without a port: `example.com`, `.example.com`, `*.example.com:8080`, `[2001:db8::1]:80`, `::1`. */
function readDirectHost(text: string): DirectHost {
  const [, host = text, port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
  const bare = host === '*' ? host : host.replace(/^\*?\./, '');
  return { host: bare.includes(':') && !bare.startsWith('[') ? `[${bare}]` : bare, port };
}
