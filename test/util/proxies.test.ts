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

  it.each([
    ['*', 'https://rdap.example/'],
    ['rdap.example', 'https://rdap.example/'],
    ['a.example, RDAP.example', 'https://rdap.example/'],
    ['a.example rdap.example:443', 'https://rdap.example/'],
    ['example', 'https://rdap.example/'],
    ['.example', 'https://rdap.example/'],
    ['*.example', 'https://rdap.example/'],
    ['rdap.example:8080', 'https://rdap.example:8080/'],
    ['127.0.0.1', 'https://127.0.0.1/'],
    ['::1', 'https://[::1]/'],
    ['[::1]:443', 'https://[::1]/'],
  ])('with NO_PROXY=%s asks %s directly', (NO_PROXY, url) => {
    expect(chosen({ HTTPS_PROXY, NO_PROXY }, url)).toBeUndefined();
  });

  it.each([
    ['dap.example', 'https://rdap.example/'],
    ['rdap.example:80', 'https://rdap.example/'],
    ['www.rdap.example', 'https://rdap.example/'],
    [',', 'https://rdap.example/'],
    ['127.0.0.1', 'https://1.127.0.0/'],
  ])('with NO_PROXY=%s asks %s through the proxy', (NO_PROXY, url) => {
    expect(chosen({ HTTPS_PROXY, NO_PROXY }, url)).toBe(HTTPS_PROXY);
  });
});
