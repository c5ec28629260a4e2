import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/names/candidate.js';
import { readCandidates, type WordSource } from '../../src/names/candidates.js';
import type { DomainName } from '../../src/names/domain-name.js';
import { under } from './under.js';

const dev: DomainName = { name: 'dev' };
const couk: DomainName = { name: 'co.uk' };
const china: DomainName = { name: 'xn--fiqs8s', unicode: '中国' };

interface Limits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly problems?: [number, string][];
}

function source(
  chunks: WordSource['chunks'],
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY, problems }: Limits = {},
): WordSource {
  const reject = (problem: string, lineNumber: number) => problems?.push([lineNumber, problem]);
  return { chunks, minLength, maxLength, reject };
}

async function collect(chunks: AsyncIterable<Iterable<Candidate>>): Promise<Candidate[]> {
  const all: Candidate[] = [];
  for await (const candidates of chunks) all.push(...candidates);
  return all;
}

async function namesFrom(
  sources: readonly WordSource[],
  tlds: readonly DomainName[] = [dev],
): Promise<string[]> {
  return (await collect(readCandidates(sources, under(tlds)))).map(({ name }) => name);
}

const distinctWords = (count: number): string[] => Array.from({ length: count }, (_, index) => `n${index}`);

describe('readCandidates', () => {
  it('goes source by source and word by word, and puts each word under all domains', async () => {
    const sources = [source([['one', 'two'], ['three']]), source([[], ['four.com', 'five']])];
    expect(await namesFrom(sources, [dev, couk])).toEqual([
      ...['one.dev', 'one.co.uk', 'two.dev', 'two.co.uk', 'three.dev', 'three.co.uk'],
      ...['four.com', 'five.dev', 'five.co.uk'],
    ]);
  });

  it('reads sources whose words arrive over time', async () => {
    async function* arriving() {
      yield ['one'];
      await new Promise(setImmediate);
      yield ['two', 'three'];
    }
    expect(await namesFrom([source(arriving())])).toEqual(['one.dev', 'two.dev', 'three.dev']);
  });

  it('keeps a whole name that is only a top-level domain', async () => {
    expect(await namesFrom([source([['com.', 'a']])])).toEqual(['com', 'a.dev']);
  });

  it('skips blank lines, comments and white space around a word', async () => {
    const problems: [number, string][] = [];
    const lines = ['', '  ', '# a comment', '#comment.dev', ' as ', '\tis\t', '\r', 'or\r'];
    expect(await namesFrom([source([lines], { problems })])).toEqual(['as.dev', 'is.dev', 'or.dev']);
    expect(problems).toEqual([]);
  });

  it('reports a line that is not a name with its number in its source, and goes on', async () => {
    const first: [number, string][] = [];
    const second: [number, string][] = [];
    const sources = [
      source([['a', '', '#'], [], ['b_c', 'd'], ['-']], { problems: first }),
      source([['e', 'a/b.dev']], { problems: second }),
    ];
    expect(await namesFrom(sources)).toEqual(['a.dev', 'd.dev', 'e.dev']);
    expect(first).toEqual([
      [4, expect.stringContaining('"b_c"')],
      [6, expect.stringContaining('"-"')],
    ]);
    expect(second).toEqual([[2, expect.stringContaining('"a/b.dev"')]]);
  });
});

describe('readCandidates yields a name once', () => {
  it('however it is written', async () => {
    const spellings = ['bücher', 'BÜCHER', 'xn--bcher-kva', 'bücher.dev', 'bu\u0308cher.dev.'];
    expect(await namesFrom([source([spellings])])).toEqual(['xn--bcher-kva.dev']);
  });

  it('across all sources and domains', async () => {
    const sources = [source([['as', 'is.dev']]), source([['is', 'as.com', 'or']])];
    const com = { name: 'com' };
    expect(await namesFrom(sources, [dev, com, dev])).toEqual([
      ...['as.dev', 'as.com', 'is.dev', 'is.com', 'or.dev', 'or.com'],
    ]);
  });

  it('among the last 100,000 distinct names', async () => {
    const again = (others: number) => [
      source([['again']]),
      source([distinctWords(others)]),
      source([['again']]),
    ];
    expect(await namesFrom(again(99_999))).toHaveLength(1 + 99_999);
    expect((await namesFrom(again(100_000))).lastIndexOf('again.dev')).toBe(100_001);
  });
});

describe('readCandidates counts the letters of a word', () => {
  const kept = (words: string[], limits: Limits, tlds: readonly DomainName[] = [dev]) =>
    namesFrom([source([words], limits)], tlds);

  it('and keeps words from the minimum to the maximum, both included', async () => {
    const words = ['a', 'ab', 'abc', 'abcd'];
    expect(await kept(words, { minLength: 2, maxLength: 3 })).toEqual(['ab.dev', 'abc.dev']);
  });

  it('in Unicode, not in the ASCII form', async () => {
    expect(await kept(['bücher', 'xn--bcher-kva.com'], { minLength: 6, maxLength: 6 })).toEqual([
      'xn--bcher-kva.dev',
      'xn--bcher-kva.com',
    ]);
  });

  it('and counts one beyond the basic plane once', async () => {
    expect(await kept(['𠮷野'], { minLength: 2, maxLength: 2 })).toHaveLength(1);
  });

  it('and counts one with a combining mark once, even without a composed form', async () => {
    expect(await kept(['n\u0308'], { maxLength: 1 })).toHaveLength(1);
  });

  it('without the top-level domain, whatever its length or alphabet', async () => {
    expect(await kept(['abc'], { minLength: 3, maxLength: 3 }, [couk, china])).toHaveLength(2);
    expect(await kept(['abc.info', 'abcd.info'], { minLength: 3, maxLength: 3 })).toEqual(['abc.info']);
    expect(await kept(['bücher'], { maxLength: 6 }, [couk, china])).toHaveLength(2);
  });

  it('and compares them with the limits of its own source', async () => {
    const sources = [source([['abcde']]), source([['abcdef', 'abc']], { maxLength: 4 })];
    expect(await namesFrom(sources)).toEqual(['abcde.dev', 'abc.dev']);
  });

  it('and still yields a word that was too long for an earlier source', async () => {
    const problems: [number, string][] = [];
    const sources = [source([['abcdef']], { maxLength: 4, problems }), source([['abcdef']])];
    expect(await namesFrom(sources)).toEqual(['abcdef.dev']);
    expect(problems).toEqual([]);
  });
});

describe('readCandidates as a stream', () => {
  it('reads nothing before the first pull, and no chunk before it is needed', async () => {
    let read = 0;
    function* endless() {
      for (;;) yield [`a${read++}`, `b${read}`];
    }
    const chunks = readCandidates([source(endless())], under([dev, couk]));
    expect(read).toBe(0);
    for (const expected of [1, 2]) {
      const { value } = await chunks.next();
      expect([...(value ?? [])]).toHaveLength(4);
      expect(read).toBe(expected);
    }
  });

  it('does not look at a word before its names are needed', async () => {
    const problems: [number, string][] = [];
    const chunks = readCandidates([source([['a', '_', 'b', '_']], { problems })], under([dev]));
    const { value } = await chunks.next();
    const candidates = (value ?? [])[Symbol.iterator]();
    expect(candidates.next()).toMatchObject({ value: { name: 'a.dev' } });
    expect(problems).toEqual([]);
    expect(candidates.next()).toMatchObject({ value: { name: 'b.dev' } });
    expect(problems.map(([lineNumber]) => lineNumber)).toEqual([2]);
  });

  it('does not touch a source before the previous one has ended', async () => {
    let touched = false;
    function* second() {
      touched = true;
      yield ['b'];
    }
    const chunks = readCandidates([source([['a']]), source(second())], under([dev]));
    await chunks.next();
    expect(touched).toBe(false);
    await chunks.next();
    expect(touched).toBe(true);
  });

  it('closes a source when the caller leaves the loop', async () => {
    let closed = false;
    async function* endless() {
      try {
        for (let number = 0; ; number++) yield [`n${number}`];
      } finally {
        closed = true;
      }
    }
    for await (const [candidate] of readCandidates([source(endless())], under([dev]))) {
      if (candidate?.name === 'n9.dev') break;
    }
    expect(closed).toBe(true);
  });

  it('throws the error of a source only after the names before it', async () => {
    async function* failing() {
      yield ['a'];
      throw new Error('unreadable');
    }
    const chunks = readCandidates([source(failing())], under([dev]));
    const { value } = await chunks.next();
    expect([...(value ?? [])]).toMatchObject([{ name: 'a.dev' }]);
    await expect(chunks.next()).rejects.toThrow('unreadable');
  });
});
