import { describe, expect, test } from 'vitest';
import { type Name, names, namesOf, type WordSource, wholeName } from '../../src/names/candidates.js';
import type { Candidate } from '../../src/probe/result.js';

const dev: Name = { name: 'dev' };
const couk: Name = { name: 'co.uk' };
const china: Name = { name: 'xn--fiqs8s', unicode: '中国' };

interface Limits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly problems?: [number, string][];
}

function source(
  chunks: WordSource['chunks'],
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY, problems }: Limits = {},
): WordSource {
  const reject = (problem: string, place: number) => problems?.push([place, problem]);
  return { chunks, minLength, maxLength, reject };
}

async function collect(chunks: AsyncIterable<Iterable<Candidate>>): Promise<Candidate[]> {
  const all: Candidate[] = [];
  for await (const candidates of chunks) all.push(...candidates);
  return all;
}

async function namesFrom(sources: readonly WordSource[], tlds: readonly Name[] = [dev]): Promise<string[]> {
  return (await collect(names(sources, tlds))).map(({ name }) => name);
}

function* counted(count: number): Generator<string[]> {
  for (let number = 0; number < count; number++) yield [`n${number}`];
}

describe('the names that a word makes', () => {
  test('are one under each top-level domain, in their order', () => {
    expect(namesOf('As', [dev, couk])).toEqual([
      { name: 'as.dev', word: 'as', tld: 'dev' },
      { name: 'as.co.uk', word: 'as', tld: 'co.uk' },
    ]);
  });

  test('have a Unicode form where it differs, of the word, of the domain or of both', () => {
    const bücher = { name: 'xn--bcher-kva', word: 'xn--bcher-kva' };
    expect(namesOf('Bücher', [dev, china])).toEqual([
      { ...bücher, name: 'xn--bcher-kva.dev', tld: 'dev', unicode: 'bücher.dev' },
      { ...bücher, name: 'xn--bcher-kva.xn--fiqs8s', tld: 'xn--fiqs8s', unicode: 'bücher.中国' },
    ]);
    expect(namesOf('as', [china])).toEqual([
      { name: 'as.xn--fiqs8s', word: 'as', tld: 'xn--fiqs8s', unicode: 'as.中国' },
    ]);
  });

  test('are itself alone where there is a dot in it', () => {
    expect(namesOf('www.example.com', [dev, couk])).toEqual([
      { name: 'www.example.com', word: 'www.example', tld: 'com' },
    ]);
    expect(namesOf('example.com.', [dev, couk])).toEqual([
      { name: 'example.com', word: 'example', tld: 'com' },
    ]);
    expect(namesOf('例。com', [dev])).toEqual([
      { name: 'xn--fsq.com', unicode: '例.com', word: 'xn--fsq', tld: 'com' },
    ]);
  });

  test('are a top-level domain where the dot is at the end', () => {
    expect(namesOf('com.', [dev])).toEqual([{ name: 'com', word: '', tld: 'com' }]);
  });

  test('have at most 253 octets each', () => {
    const tld = { name: Array(95).fill('a').join('.') };
    expect(namesOf('a'.repeat(63), [tld])).toMatchObject([{ name: `${'a'.repeat(63)}.${tld.name}` }]);
    expect(namesOf('a'.repeat(63), [{ name: `${tld.name}a` }])).toEqual({
      problem: expect.stringContaining('254 octets'),
    });
  });

  test('are none where the word is no label', () => {
    expect(namesOf('a_b', [dev])).toEqual({ problem: expect.stringContaining('"a_b"') });
  });
});

test('a whole name has its last label as its top-level domain', () => {
  expect(wholeName('Example.co.uk')).toEqual({ name: 'example.co.uk', word: 'example.co', tld: 'uk' });
  expect(wholeName('localhost')).toEqual({ name: 'localhost', word: '', tld: 'localhost' });
  expect(wholeName('a b')).toEqual({ problem: expect.stringContaining('"a b"') });
});

describe('names', () => {
  test('come word by word, each under all domains, source by source', async () => {
    const sources = [source([['one', 'two'], ['three']]), source([[], ['four.com', 'five']])];
    expect(await namesFrom(sources, [dev, couk])).toEqual([
      ...['one.dev', 'one.co.uk', 'two.dev', 'two.co.uk', 'three.dev', 'three.co.uk'],
      ...['four.com', 'five.dev', 'five.co.uk'],
    ]);
  });

  test('come from sources that arrive bit by bit', async () => {
    async function* arriving() {
      yield ['one'];
      await new Promise(setImmediate);
      yield ['two', 'three'];
    }
    expect(await namesFrom([source(arriving())])).toEqual(['one.dev', 'two.dev', 'three.dev']);
  });

  test('a top-level domain that was asked for is not left out', async () => {
    expect(await namesFrom([source([['com.', 'a']])])).toEqual(['com', 'a.dev']);
  });

  test('blank lines, comments and white space around a word are skipped', async () => {
    const problems: [number, string][] = [];
    const lines = ['', '  ', '# a comment', '#comment.dev', ' as ', '\tis\t', '\r', 'or\r'];
    expect(await namesFrom([source([lines], { problems })])).toEqual(['as.dev', 'is.dev', 'or.dev']);
    expect(problems).toEqual([]);
  });

  test('what is none is told with its place in its source, and the rest goes on', async () => {
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

describe('a name comes once', () => {
  test('however it is written', async () => {
    const spellings = ['bücher', 'BÜCHER', 'xn--bcher-kva', 'bücher.dev', 'bu\u0308cher.dev.'];
    expect(await namesFrom([source([spellings])])).toEqual(['xn--bcher-kva.dev']);
  });

  test('from all sources and domains together', async () => {
    const sources = [source([['as', 'is.dev']]), source([['is', 'as.com', 'or']])];
    const com = { name: 'com' };
    expect(await namesFrom(sources, [dev, com, dev])).toEqual([
      ...['as.dev', 'as.com', 'is.dev', 'is.com', 'or.dev', 'or.com'],
    ]);
  });

  test('among the last 100,000', async () => {
    const again = (others: number) => [source([['again']]), source(counted(others)), source([['again']])];
    expect(await namesFrom(again(99_999))).toHaveLength(1 + 99_999);
    expect((await namesFrom(again(100_000))).lastIndexOf('again.dev')).toBe(100_001);
  });
});

describe('the letters of a word are counted', () => {
  const kept = (words: string[], limits: Limits, tlds: readonly Name[] = [dev]) =>
    namesFrom([source([words], limits)], tlds);

  test('from the least to the most, both included', async () => {
    const words = ['a', 'ab', 'abc', 'abcd'];
    expect(await kept(words, { minLength: 2, maxLength: 3 })).toEqual(['ab.dev', 'abc.dev']);
  });

  test('in Unicode, not in the ASCII form', async () => {
    expect(await kept(['bücher', 'xn--bcher-kva.com'], { minLength: 6, maxLength: 6 })).toEqual([
      'xn--bcher-kva.dev',
      'xn--bcher-kva.com',
    ]);
  });

  test('once where a letter is beyond the basic plane', async () => {
    expect(await kept(['𠮷野'], { minLength: 2, maxLength: 2 })).toHaveLength(1);
  });

  test('once where a letter has a mark that no letter of Unicode includes', async () => {
    expect(await kept(['n\u0308'], { maxLength: 1 })).toHaveLength(1);
  });

  test('without the top-level domain, whatever its length or alphabet', async () => {
    expect(await kept(['abc'], { minLength: 3, maxLength: 3 }, [couk, china])).toHaveLength(2);
    expect(await kept(['abc.info', 'abcd.info'], { minLength: 3, maxLength: 3 })).toEqual(['abc.info']);
    expect(await kept(['bücher'], { maxLength: 6 }, [couk, china])).toHaveLength(2);
  });

  test('by the limits of its own source', async () => {
    const sources = [source([['abcde']]), source([['abcdef', 'abc']], { maxLength: 4 })];
    expect(await namesFrom(sources)).toEqual(['abcde.dev', 'abc.dev']);
  });

  test('and what does not count is no problem, and may come from elsewhere later', async () => {
    const problems: [number, string][] = [];
    const sources = [source([['abcdef']], { maxLength: 4, problems }), source([['abcdef']])];
    expect(await namesFrom(sources)).toEqual(['abcdef.dev']);
    expect(problems).toEqual([]);
  });
});

describe('names are made lazily', () => {
  test('nothing is read before the first is asked for, and no chunk before it is needed', async () => {
    let read = 0;
    function* endless() {
      for (;;) yield [`a${read++}`, `b${read}`];
    }
    const chunks = names([source(endless())], [dev, couk]);
    expect(read).toBe(0);
    for (const expected of [1, 2]) {
      const { value } = await chunks.next();
      expect([...(value ?? [])]).toHaveLength(4);
      expect(read).toBe(expected);
    }
  });

  test('no word of a chunk is read before its names are needed', async () => {
    const problems: [number, string][] = [];
    const chunks = names([source([['a', '_', 'b', '_']], { problems })], [dev]);
    const { value } = await chunks.next();
    const candidates = (value ?? [])[Symbol.iterator]();
    expect(candidates.next()).toMatchObject({ value: { name: 'a.dev' } });
    expect(problems).toEqual([]);
    expect(candidates.next()).toMatchObject({ value: { name: 'b.dev' } });
    expect(problems.map(([place]) => place)).toEqual([2]);
  });

  test('the next source is not touched before the one in front of it has ended', async () => {
    let touched = false;
    function* second() {
      touched = true;
      yield ['b'];
    }
    const chunks = names([source([['a']]), source(second())], [dev]);
    await chunks.next();
    expect(touched).toBe(false);
    await chunks.next();
    expect(touched).toBe(true);
  });

  test('a source is closed when no more names are wanted', async () => {
    let closed = false;
    async function* endless() {
      try {
        for (let number = 0; ; number++) yield [`n${number}`];
      } finally {
        closed = true;
      }
    }
    for await (const [candidate] of names([source(endless())], [dev])) {
      if (candidate?.name === 'n9.dev') break;
    }
    expect(closed).toBe(true);
  });

  test('an error of a source comes through behind the names before it', async () => {
    async function* failing() {
      yield ['a'];
      throw new Error('unreadable');
    }
    const chunks = names([source(failing())], [dev]);
    const { value } = await chunks.next();
    expect([...(value ?? [])]).toMatchObject([{ name: 'a.dev' }]);
    await expect(chunks.next()).rejects.toThrow('unreadable');
  });
});
