import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/util/environment.js';
import { type Proxies, proxyFor, readProxies } from '../../src/util/proxies.js';

function proxiesOf(env: Environment): Proxies {
  const proxies = readProxies(env);
  return proxies && !('problem' in proxies) ? proxies : expect.fail('Expected proxies');
}

/** The proxy for a URL, in text. */
const chosen = (env: Environment, url = 'https://rdap.example/'): string | undefined =>
  proxyFor(new URL(url), proxiesOf(env))?.href;

const HTTPS_PROXY = 'http://proxy.example:3128/';

describe('readProxies', () => {
  it('finds none if no proxy is set, or only empty ones', () => {
    expect(readProxies({})).toBeUndefined();
    expect(readProxies({ HTTPS_PROXY: '', http_proxy: '', NO_PROXY: '*' })).toBeUndefined();
  });

  it('takes a host without a scheme for a proxy of HTTP', () => {
    expect(chosen({ HTTPS_PROXY: 'proxy.example:3128' })).toBe(HTTPS_PROXY);
    expect(chosen({ HTTPS_PROXY: 'https://u:p@proxy.example' })).toBe('https://u:p@proxy.example/');
  });

  it('prefers variables in lower case, unless they are empty', () => {
    expect(chosen({ HTTPS_PROXY, https_proxy: 'http://other.example' })).toBe('http://other.example/');
    expect(chosen({ HTTPS_PROXY, https_proxy: '' })).toBe(HTTPS_PROXY);
    expect(chosen({ HTTPS_PROXY, NO_PROXY: '*', no_proxy: 'x.example' })).toBe(HTTPS_PROXY);
  });

  it.each([
    ['socks5://u:secret@127.0.0.1:1080', '"socks5://127.0.0.1:1080"'],
    ['http://[', 'something else'],
  ])('refuses %s, and does not repeat a password', (text, got) => {
    const expected = 'expected a URL such as http://proxy.example:3128';
    expect(readProxies({ HTTP_PROXY: text })).toEqual({ problem: `HTTP_PROXY: ${expected}, got ${got}` });
    expect(readProxies({ https_proxy: text })).toEqual({ problem: `HTTPS_PROXY: ${expected}, got ${got}` });
  });
});

describe('proxyFor', () => {
  it('has a proxy for each protocol', () => {
    const env = { HTTPS_PROXY, HTTP_PROXY: 'http://plain.example/' };
    expect(chosen(env)).toBe(HTTPS_PROXY);
    expect(chosen(env, 'http://rdap.example/')).toBe('http://plain.example/');
    expect(chosen({ HTTPS_PROXY }, 'http://rdap.example/')).toBeUndefined();
  });

  it('asks the hosts of NO_PROXY directly, at their ports', () => {
    const env = { HTTPS_PROXY, HTTP_PROXY: HTTPS_PROXY, NO_PROXY: 'rdap.example:443,[::1]:80' };
    expect(chosen(env, 'https://rdap.example/')).toBeUndefined();
    expect(chosen(env, 'https://rdap.example:8443/')).toBe(HTTPS_PROXY);
    expect(chosen(env, 'http://rdap.example/')).toBe(HTTPS_PROXY);
    expect(chosen(env, 'http://[::1]/')).toBeUndefined();
    expect(chosen(env, 'https://[::1]/')).toBe(HTTPS_PROXY);
  });
});
