import { describe, expect, it } from 'vitest';
import { parseUrl } from '../../src/util/parse-url.js';

describe('parseUrl', () => {
  it('parses a URL, also a relative one', () => {
    expect(parseUrl('http://dns.example/x')?.href).toBe('http://dns.example/x');
    expect(parseUrl('/y', new URL('http://dns.example/x'))?.href).toBe('http://dns.example/y');
  });

  it.each(['', 'not', 'http://', '//dns.example'])('returns undefined for %j', (text) => {
    expect(parseUrl(text)).toBeUndefined();
  });

  it('parses a host with a letter such as ü however often it is called', () => {
    const refused = Array.from({ length: 50_000 }, () => parseUrl('http://bücher.dev/')).filter(
      (url) => !url,
    );
    expect(refused).toEqual([]);
  });
});
