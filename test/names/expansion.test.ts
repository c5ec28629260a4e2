import { describe, expect, it } from 'vitest';
import type { DomainName } from '../../src/names/domain-name.js';
import { createExpansion, type ExpansionOptions, parseWord } from '../../src/names/expansion.js';

const dev: DomainName = { name: 'dev' };
const couk: DomainName = { name: 'co.uk' };
const china: DomainName = { name: 'xn--fiqs8s', unicode: '中国' };

function expand(text: string, tlds: readonly DomainName[], options: Partial<ExpansionOptions> = {}) {
  const word = parseWord(text);
  if ('problem' in word) return word;
  return createExpansion({ tlds, hack: false, prefixes: [], suffixes: [], ...options })(word);
}

/** The names of a word's candidates. */
function namesOf(...args: Parameters<typeof expand>): string[] {
  const candidates = expand(...args);
  return 'problem' in candidates ? expect.fail(candidates.problem) : candidates.map(({ name }) => name);
}

const named = (...names: readonly string[]): DomainName[] => names.map((name) => ({ name }));

describe('an expansion', () => {
  it('puts a word under each top-level domain, in their order', () => {
    expect(expand('As', [dev, couk])).toEqual([
      { name: 'as.dev', word: 'as', tld: 'dev' },
      { name: 'as.co.uk', word: 'as', tld: 'co.uk' },
    ]);
  });

  it('adds the Unicode form if the word, the domain or both have one', () => {
    const bücher = { name: 'xn--bcher-kva', word: 'xn--bcher-kva' };
    expect(expand('Bücher', [dev, china])).toEqual([
      { ...bücher, name: 'xn--bcher-kva.dev', tld: 'dev', unicode: 'bücher.dev' },
      { ...bücher, name: 'xn--bcher-kva.xn--fiqs8s', tld: 'xn--fiqs8s', unicode: 'bücher.中国' },
    ]);
    expect(expand('as', [china])).toEqual([
      { name: 'as.xn--fiqs8s', word: 'as', tld: 'xn--fiqs8s', unicode: 'as.中国' },
    ]);
  });

  it('leaves a word with a dot in it as it is', () => {
    expect(expand('www.example.com', [dev, couk])).toEqual([
      { name: 'www.example.com', word: 'www.example', tld: 'com' },
    ]);
    expect(expand('example.com.', [dev, couk])).toEqual([
      { name: 'example.com', word: 'example', tld: 'com' },
    ]);
    expect(expand('例。com', [dev])).toEqual([
      { name: 'xn--fsq.com', unicode: '例.com', word: 'xn--fsq', tld: 'com' },
    ]);
  });

  it('takes a word with a trailing dot as a top-level domain', () => {
    expect(expand('com.', [dev])).toEqual([{ name: 'com', word: '', tld: 'com' }]);
  });

  it('rejects a word that is too long together with its top-level domain', () => {
    const tld = { name: Array(95).fill('a').join('.') };
    expect(expand('a'.repeat(63), [tld])).toMatchObject([{ name: `${'a'.repeat(63)}.${tld.name}` }]);
    expect(expand('a'.repeat(63), [{ name: `${tld.name}a` }])).toEqual({
      problem: expect.stringContaining('254 octets'),
    });
  });

  it('rejects a word that is not a label', () => {
    expect(expand('a_b', [dev])).toEqual({ problem: expect.stringContaining('"a_b"') });
  });
});

describe('an expansion with prefixes and suffixes', () => {
  const options = { prefixes: named('my', 'get'), suffixes: named('hq') };

  it('puts them before and after the word, in addition to the plain word', () => {
    expect(namesOf('go', [dev, couk], options)).toEqual([
      ...['go.dev', 'go.co.uk', 'mygo.dev', 'mygo.co.uk'],
      ...['getgo.dev', 'getgo.co.uk', 'gohq.dev', 'gohq.co.uk'],
    ]);
  });

  it('joins them in Unicode', () => {
    expect(namesOf('bücher', [dev], { suffixes: named('hq') })).toEqual([
      'xn--bcher-kva.dev',
      'xn--bcherhq-n2a.dev',
    ]);
  });

  it('leaves a whole name as it is', () => {
    expect(namesOf('go.com', [dev], options)).toEqual(['go.com']);
  });

  it('rejects a word that is too long with one of them', () => {
    expect(expand('a'.repeat(62), [dev], options)).toEqual({ problem: expect.stringContaining('64 octets') });
  });
});

describe('an expansion into domain hacks', () => {
  const hack = true;

  it('splits a word before every domain that it ends in', () => {
    expect(namesOf('finally', named('ly', 'ally', 'y', 'it', 'finally'), { hack })).toEqual([
      'finall.y',
      'final.ly',
      'fin.ally',
    ]);
  });

  it('compares words and domains in Unicode', () => {
    expect(namesOf('我在中国', [china], { hack })).toEqual(['xn--3dst7w.xn--fiqs8s']);
  });

  it('has no candidate if nothing is left before the domain, or a name cannot end in what is left', () => {
    expect(namesOf('dev', [dev], { hack })).toEqual([]);
    expect(namesOf('web-dev', [dev], { hack })).toEqual([]);
    expect(namesOf('python', [dev], { hack })).toEqual([]);
  });

  it('keeps the two parts of a name', () => {
    expect(expand('else', named('se'), { hack })).toEqual([{ name: 'el.se', word: 'el', tld: 'se' }]);
  });

  it('also splits words with prefixes and suffixes, and leaves a whole name as it is', () => {
    const options = { hack, prefixes: named('my'), suffixes: named('it') };
    expect(namesOf('el', named('el', 'it'), options)).toEqual(['my.el', 'el.it']);
    expect(namesOf('else.com', named('se'), options)).toEqual(['else.com']);
  });
});
