import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCandidates, type WordSource } from '../../src/names/candidates.js';
import { openSources, type WordOptions } from '../../src/names/sources.js';
import { under } from './under.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blogdom-'));
});

afterAll(() => rm(folder, { recursive: true }));

const nothing: WordOptions = {
  words: [],
  patterns: [],
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

async function opened(
  options: Partial<WordOptions>,
  stdin: AsyncIterable<Uint8Array> = stream(),
  messages: string[] = [],
) {
  const sources = await openSources({ ...nothing, ...options }, stdin, (message) => messages.push(message));
  if ('problem' in sources) throw new Error(sources.problem);
  return sources;
}

async function namesIn(sources: readonly WordSource[]): Promise<string[]> {
  const all: string[] = [];
  for await (const candidates of readCandidates(sources, under([{ name: 'dev' }]))) {
    for (const { name } of candidates) all.push(name);
  }
  return all;
}

async function problemOf(files: string[]): Promise<string> {
  const sources = await openSources({ ...nothing, files }, stream(), () => {});
  return 'problem' in sources ? sources.problem : 'none';
}

describe('openSources', () => {
  it('combines the words of the command line, of languages and of files, with standard input last', async () => {
    const files = ['-', await file('add.txt', 'filed\n')];
    const sources = await opened({ words: ['given'], languages: ['lua'], files }, stream('typed\n'));
    const found = await namesIn(sources);
    expect(found).toEqual(expect.arrayContaining(['given.dev', 'nil.dev', 'filed.dev']));
    expect(found.at(-1)).toBe('typed.dev');
  });

  it('does not read standard input unless it is named', async () => {
    expect(await namesIn(await opened({}, stream('not wanted\n')))).toEqual([]);
  });

  it('reads standard input once, however often it is named', async () => {
    const messages: string[] = [];
    const sources = await opened({ files: ['-', '-'] }, stream('a\n_\n'), messages);
    expect(await namesIn(sources)).toEqual(['a.dev']);
    expect(messages).toHaveLength(1);
  });

  it('reads UTF-16 with a byte order mark, and says so about UTF-16 without one', async () => {
    const marked = join(folder, 'marked.txt');
    const unmarked = join(folder, 'unmarked.txt');
    await writeFile(marked, '\ufeffnot\r\nbücher\r\n', 'utf16le');
    await writeFile(unmarked, 'not\r\nfor\r\n', 'utf16le');
    const names = ['not.dev', 'xn--bcher-kva.dev'];
    expect(await namesIn(await opened({ files: [marked] }))).toEqual(names);
    expect(await namesIn(await opened({ files: ['-'] }, createReadStream(marked)))).toEqual(names);
    await expect(opened({ files: [unmarked] }).then(namesIn)).rejects.toThrow(
      /^expected a file of names, got ".*unmarked.txt": it is in UTF-16 without a byte order mark; expected UTF-8$/,
    );
  });

  it('finds no words in an empty file', async () => {
    expect(await namesIn(await opened({ files: [await file('empty.txt', '')] }))).toEqual([]);
  });

  it('reads several files in their order', async () => {
    const files = [await file('z.txt', 'z'), await file('a.txt', 'a')];
    expect(await namesIn(await opened({ files }))).toEqual(['z.dev', 'a.dev']);
  });

  it('yields a typed word before the next one is typed', async () => {
    async function* typed() {
      yield* stream('first\n');
      throw new Error('read on too early');
    }
    const found: string[] = [];
    for await (const candidates of readCandidates(
      await opened({ files: ['-'] }, typed()),
      under([{ name: 'dev' }]),
    )) {
      for (const { name } of candidates) found.push(name);
      if (found.length > 0) break;
    }
    expect(found).toEqual(['first.dev']);
  });
});

describe('openSources and the limits of length', () => {
  it('has a separate limit for reserved words', async () => {
    const files = [await file('long.txt', 'filename\n')];
    const found = await namesIn(await opened({ words: ['functional'], languages: ['lua'], files }));
    expect(found).toEqual(expect.arrayContaining(['functional.dev', 'nil.dev', 'then.dev', 'filename.dev']));
    expect(found).not.toContain('while.dev');
  });

  it('applies the general maximum to all other words and the minimum to all', async () => {
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

describe('openSources and reserved words', () => {
  it('adds the soft ones if they are wanted', async () => {
    expect(await namesIn(await opened({ languages: ['python'], soft: true }))).toEqual(
      expect.arrayContaining(['case.dev', 'type.dev']),
    );
  });

  it('leaves out those that are not labels, without a message', async () => {
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

describe('openSources and a line that is not a name', () => {
  it('reports it with its file and line number, and goes on', async () => {
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

  it('reports it in one line, whatever is in the line and in the name of the file', async () => {
    const messages: string[] = [];
    const path = await file('a\nb\x1b[31m.txt', 'x\x1b[2Jy\u2028z\n');
    await namesIn(await opened({ files: [path] }, stream(), messages));
    expect(messages).toHaveLength(1);
    expect(messages[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  });
});

describe('openSources and standard input that cannot be read', () => {
  const failing = (code: string) => Object.assign(new Error(code), { code });

  it('says that it is a folder before anything is read', async () => {
    const folder = {
      [Symbol.asyncIterator]: () => {
        throw failing('EISDIR');
      },
    };
    const sources = await openSources({ ...nothing, words: ['a'], files: ['-'] }, folder, () => {});
    expect(sources).toEqual({ problem: 'expected a file of names, got standard input: it is a folder' });
  });

  it('throws if reading fails later', async () => {
    async function* broken() {
      yield* stream('a\n');
      throw failing('EIO');
    }
    await expect(namesIn(await opened({ files: ['-'] }, broken()))).rejects.toThrow(
      'expected a file of names, got standard input: it cannot be read (EIO)',
    );
  });
});

describe('openSources and a file that cannot be read', () => {
  it.each([
    ['is missing', async () => join(folder, 'missing'), 'there is no such file'],
    ['is a folder', async () => folder, 'it is a folder'],
    ['is under a file', async () => join(await file('plain', ''), 'x'), 'a part of the path is not a folder'],
    ['has an empty path', async () => '', 'there is no such file'],
  ])('says what was expected, what was got and that it %s', async (_, pathOf, reason) => {
    const path = await pathOf();
    expect(await problemOf([path])).toBe(`expected a file of names, got "${path}": ${reason}`);
  });

  it('says that a path that no file can have cannot be read', async () => {
    expect(await problemOf(['a\0b'])).toMatch(
      /^expected a file of names, got "a\\x00b": it cannot be read \(\w+\)$/,
    );
  });

  it.skipIf(process.getuid?.() === 0)('says that permission is missing (skipped for root)', async () => {
    const path = await file('secret', 'a\n');
    await chmod(path, 0);
    expect(await problemOf([path])).toBe(
      `expected a file of names, got "${path}": you do not have permission to read it`,
    );
  });

  it.skipIf(process.platform !== 'linux')('throws if reading fails after the file was opened', async () => {
    await expect(namesIn(await opened({ files: ['/proc/self/mem'] }))).rejects.toThrow(
      'expected a file of names, got "/proc/self/mem": it cannot be read (EIO)',
    );
  });

  it('names the file even if it can read the one before it', async () => {
    const good = await file('good.txt', 'good\n');
    expect(await problemOf([good, join(folder, 'missing.txt'), '-'])).toContain('missing.txt');
  });

  it('says so without control characters, whatever the file is called', async () => {
    expect(await problemOf([join(folder, 'no\nsuch\x1b[31m.txt')])).not.toMatch(/\p{Cc}/u);
  });
});
