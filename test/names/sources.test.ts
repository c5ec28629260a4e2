import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WordSource } from '../../src/names/candidates.js';
import { names } from '../../src/names/candidates.js';
import { openSources, type WordOptions } from '../../src/names/sources.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blogdom-'));
});

afterAll(() => rm(folder, { recursive: true }));

const nothing: WordOptions = {
  words: [],
  files: [],
  languages: [],
  soft: false,
  minLength: 0,
  maxLength: Number.POSITIVE_INFINITY,
  maxReservedLength: 4,
};

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function* stream(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function opened(options: Partial<WordOptions>, stdin = stream(), messages: string[] = []) {
  const sources = await openSources({ ...nothing, ...options }, stdin, (message) => messages.push(message));
  if ('problem' in sources) throw new Error(sources.problem);
  return sources;
}

async function namesIn(sources: readonly WordSource[]): Promise<string[]> {
  const all: string[] = [];
  for await (const candidates of names(sources, [{ name: 'dev' }])) {
    for (const { name } of candidates) all.push(name);
  }
  return all;
}

async function problemOf(files: string[]): Promise<string> {
  const sources = await openSources({ ...nothing, files }, stream(), () => {});
  return 'problem' in sources ? sources.problem : 'none';
}

describe('words', () => {
  test('of the command line, of languages and of files add up, standard input as the last', async () => {
    const files = ['-', await file('add.txt', 'filed\n')];
    const sources = await opened({ words: ['given'], languages: ['lua'], files }, stream('typed\n'));
    const found = await namesIn(sources);
    expect(found).toEqual(expect.arrayContaining(['given.dev', 'nil.dev', 'filed.dev']));
    expect(found.at(-1)).toBe('typed.dev');
  });

  test('come from none where none is wanted', async () => {
    expect(await namesIn(await opened({}, stream('not wanted\n')))).toEqual([]);
  });

  test('of standard input are read once, however often it is named', async () => {
    const messages: string[] = [];
    const sources = await opened({ files: ['-', '-'] }, stream('a\n_\n'), messages);
    expect(await namesIn(sources)).toEqual(['a.dev']);
    expect(messages).toHaveLength(1);
  });

  test('of several files come in their order', async () => {
    const files = [await file('z.txt', 'z'), await file('a.txt', 'a')];
    expect(await namesIn(await opened({ files }))).toEqual(['z.dev', 'a.dev']);
  });

  test('that were typed are there before more is typed', async () => {
    async function* typed() {
      yield* stream('first\n');
      throw new Error('read on too early');
    }
    const found: string[] = [];
    for await (const candidates of names(await opened({ files: ['-'] }, typed()), [{ name: 'dev' }])) {
      for (const { name } of candidates) found.push(name);
      if (found.length > 0) break;
    }
    expect(found).toEqual(['first.dev']);
  });
});

describe('lengths', () => {
  test('reserved words have a limit of their own', async () => {
    const files = [await file('long.txt', 'filename\n')];
    const found = await namesIn(await opened({ words: ['functional'], languages: ['lua'], files }));
    expect(found).toEqual(expect.arrayContaining(['functional.dev', 'nil.dev', 'then.dev', 'filename.dev']));
    expect(found).not.toContain('while.dev');
  });

  test('the general limits hold for all else, the lower one for reserved words, too', async () => {
    const files = [await file('lengths.txt', 'ab\nabc\nabcd\n'), '-'];
    const limits = { minLength: 3, maxLength: 3, maxReservedLength: 3 };
    const sources = await opened(
      { ...limits, words: ['no', 'yes', 'perhaps'], languages: ['lua'], files },
      stream('de\ndef\ndefg'),
    );
    expect((await namesIn(sources)).sort()).toEqual(
      ['abc', 'and', 'def', 'end', 'for', 'nil', 'not', 'yes'].map((word) => `${word}.dev`),
    );
  });
});

describe('reserved words', () => {
  test('of Python give the 18 names of the original', async () => {
    const original = 'and as def del elif else for from if in is none not or pass true try with';
    const found = await namesIn(await opened({ languages: ['python'] }));
    expect(found.sort()).toEqual(original.split(' ').map((word) => `${word}.dev`));
  });

  test('are joined by the soft ones where those are wanted', async () => {
    expect(await namesIn(await opened({ languages: ['python'], soft: true }))).toEqual(
      expect.arrayContaining(['case.dev', 'type.dev']),
    );
  });

  test('that are no label are left out, and nobody is told', async () => {
    const messages: string[] = [];
    const sources = await opened(
      { languages: ['ruby', 'haskell', 'python'], soft: true, maxReservedLength: 63 },
      stream(),
      messages,
    );
    const found = await namesIn(sources);
    expect(found).toContain('unless.dev');
    expect(found.filter((name) => !/^[a-z0-9-]+\.dev$/.test(name))).toEqual([]);
    expect(messages).toEqual([]);
  });
});

describe('a line that is no name', () => {
  test('is reported with its number and where it stands, and the rest goes on', async () => {
    const messages: string[] = [];
    const path = await file('bad.txt', '\ufeffgood\r\n\r\n# comment\r\nb@d.dev\r\nfine\r\n__\r\n');
    const sources = await opened({ files: [path, '-'] }, stream('ok\nwo', 'rse!\nlast'), messages);
    expect(await namesIn(sources)).toEqual(['good.dev', 'fine.dev', 'ok.dev', 'last.dev']);
    expect(messages).toEqual([
      expect.stringMatching(/bad\.txt", line 4: expected a word or a domain name, got "b@d\.dev": ./),
      expect.stringMatching(/bad\.txt", line 6: expected a word or a domain name, got "__": ./),
      expect.stringMatching(/^standard input, line 2: expected a word or a domain name, got "worse!": ./),
    ]);
  });

  test('is reported in one line, whatever it and its file are called', async () => {
    const messages: string[] = [];
    const path = await file('a\nb\x1b[31m.txt', 'x\x1b[2Jy\u2028z\n');
    await namesIn(await opened({ files: [path] }, stream(), messages));
    expect(messages).toHaveLength(1);
    expect(messages[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  });
});

describe('a file that cannot be read', () => {
  test('is named, with what was expected and what is wrong', async () => {
    expect(await problemOf([join(folder, 'missing.txt')])).toMatch(
      /^expected a file of names, got ".*missing\.txt": there is no such file$/,
    );
    expect(await problemOf([folder])).toMatch(/^expected a file of names, got ".*": it is a folder$/);
    expect(await problemOf([join(await file('plain', ''), 'x')])).toMatch(
      /^expected a file of names, got ".*plain.x": ./,
    );
    expect(await problemOf([''])).toMatch(/^expected a file of names, got "": ./);
    expect(await problemOf(['a\0b'])).toMatch(/^expected a file of names, got "a\\x00b": ./);
  });

  test('is found before anything is read from those in front of it', async () => {
    const good = await file('good.txt', 'good\n');
    expect(await problemOf([good, join(folder, 'missing.txt'), '-'])).toContain('missing.txt');
  });

  test('is named in one line, whatever it is called', async () => {
    expect(await problemOf([join(folder, 'no\nsuch\x1b[31m.txt')])).not.toMatch(/\p{Cc}/u);
  });
});

test('an empty file has no names', async () => {
  expect(await namesIn(await opened({ files: [await file('empty.txt', '')] }))).toEqual([]);
});
