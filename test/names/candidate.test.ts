import { describe, expect, it } from 'vitest';
import { candidatesOf, parseWholeName } from '../../src/names/candidate.js';
import type { DomainName } from '../../src/names/domain-name.js';

const dev: DomainName = { name: 'dev' };
const couk: DomainName = { name: 'co.uk' };
const china: DomainName = { name: 'xn--fiqs8s', unicode: '中国' };

describe('candidatesOf', () => {
  it('puts a word under each top-level domain, in their order', () => {
    expect(candidatesOf('As', [dev, couk])).toEqual([
      { name: 'as.dev', word: 'as', tld: 'dev' },
      { name: 'as.co.uk', word: 'as', tld: 'co.uk' },
    ]);
  });

  it('adds the Unicode form if the word, the domain or both have one', () => {
    const bücher = { name: 'xn--bcher-kva', word: 'xn--bcher-kva' };
    expect(candidatesOf('Bücher', [dev, china])).toEqual([
      { ...bücher, name: 'xn--bcher-kva.dev', tld: 'dev', unicode: 'bücher.dev' },
      { ...bücher, name: 'xn--bcher-kva.xn--fiqs8s', tld: 'xn--fiqs8s', unicode: 'bücher.中国' },
    ]);
    expect(candidatesOf('as', [china])).toEqual([
      { name: 'as.xn--fiqs8s', word: 'as', tld: 'xn--fiqs8s', unicode: 'as.中国' },
    ]);
  });

  it('leaves a word with a dot in it as it is', () => {
    expect(candidatesOf('www.example.com', [dev, couk])).toEqual([
      { name: 'www.example.com', word: 'www.example', tld: 'com' },
    ]);
    expect(candidatesOf('example.com.', [dev, couk])).toEqual([
      { name: 'example.com', word: 'example', tld: 'com' },
    ]);
    expect(candidatesOf('例。com', [dev])).toEqual([
      { name: 'xn--fsq.com', unicode: '例.com', word: 'xn--fsq', tld: 'com' },
    ]);
  });

  it('takes a word with a trailing dot as a top-level domain', () => {
    expect(candidatesOf('com.', [dev])).toEqual([{ name: 'com', word: '', tld: 'com' }]);
  });

  it('rejects a word that is too long together with its top-level domain', () => {
    const tld = { name: Array(95).fill('a').join('.') };
    expect(candidatesOf('a'.repeat(63), [tld])).toMatchObject([{ name: `${'a'.repeat(63)}.${tld.name}` }]);
    expect(candidatesOf('a'.repeat(63), [{ name: `${tld.name}a` }])).toEqual({
      problem: expect.stringContaining('254 octets'),
    });
  });

  it('rejects a word that is not a label', () => {
    expect(candidatesOf('a_b', [dev])).toEqual({ problem: expect.stringContaining('"a_b"') });
  });
});

describe('parseWholeName', () => {
  it('takes the last label as the top-level domain', () => {
    expect(parseWholeName('Example.co.uk')).toEqual({ name: 'example.co.uk', word: 'example.co', tld: 'uk' });
    expect(parseWholeName('localhost')).toEqual({ name: 'localhost', word: '', tld: 'localhost' });
  });

  it('rejects a text that is not a domain name', () => {
    expect(parseWholeName('a b')).toEqual({ problem: expect.stringContaining('"a b"') });
  });
});
