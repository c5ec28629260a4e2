import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  type Language,
  languageNames,
  languages,
  reservedWords,
} from '../../../src/names/reserved-words/index.js';
import { words } from '../../../src/names/reserved-words/word-list.js';

const hardCounts: readonly [Language, number][] = [
  ['python', 35],
  ['javascript', 38],
  ['typescript', 36],
  ['go', 25],
  ['java', 50 + 1 + 3], // the specification's 50 keywords, `_` and the literals
  ['c', 44 + 15 - 5], // C11's, plus those that C23 added, less the spellings like `_Bool` that it dropped
  ['cpp', 81 + 1 + 11], // C++23's, `contract_assert`, and the alternative tokens
  ['csharp', 77],
  ['ruby', 41],
  ['haskell', 22 + 1], // the reserved ids and `_`
  ['sql', 376],
  ['zig', 46],
  ['lua', 22 + 1], // 5.4's and `global`
  ['elixir', 15],
  ['dart', 33], // production RESERVED_WORD of the language specification
  ['bash', 22 - 5], // without the punctuation
  ['nim', 66],
  ['ocaml', 56 + 1], // the manual's and `effect`
  ['vb', 152 + 1], // the specification's and `NameOf`
  ['pascal', 53 + 19 - 2], // Turbo Pascal's and Object Pascal's; `inline` and `packed` are in both lists
  ['d', 111 - 2], // the specification's, without the deprecated `body` and `delete`
];

const softCounts: readonly [Language, number][] = [
  ['python', 5],
  ['go', 0],
  ['java', 17], // contextual keywords
  ['zig', 0],
  ['cpp', 6], // identifiers with special meaning
  ['csharp', 29 + 10 + 9], // C# 8's, those that C# 9 added, and later ones
  ['haskell', 3 + 8], // in import declarations, and in foreign ones
];

async function load(language: Language) {
  return (await languages[language]()).default;
}

describe('words', () => {
  it('splits at any white space and ignores white space around the list', () => {
    expect(words('\n  if else\n  defined?\n')).toEqual(['if', 'else', 'defined?']);
  });
});

describe('languages', () => {
  it('has an entry for each list in the folder', async () => {
    const files = await readdir(new URL('../../../src/names/reserved-words/', import.meta.url));
    const lists = files
      .map((file) => basename(file, '.ts'))
      .filter((name) => !/^(index|word-list)$/.test(name));
    expect([...languageNames].sort()).toEqual(lists.sort());
  });

  it('has each language under the name that its users type', () => {
    expect(languageNames).toEqual(
      expect.arrayContaining(['python', 'javascript', 'c', 'cpp', 'csharp', 'sql']),
    );
  });

  it('loads a different list for each language', async () => {
    const lists = await Promise.all(languageNames.map(load));
    expect(new Set(lists.map((list) => list.hard.join(' '))).size).toBe(languageNames.length);
  });
});

describe.each(languageNames)('the list of %s', (language) => {
  it('has hard words', async () => {
    expect((await load(language)).hard).not.toEqual([]);
  });

  it('has no word twice, neither in one list nor in both', async () => {
    const { hard, soft } = await load(language);
    const all: string[] = [...hard, ...soft];
    expect(all.filter((word, index) => all.indexOf(word) !== index)).toEqual([]);
  });

  it('has no empty word and none with punctuation other than that of its language', async () => {
    const { hard, soft } = await load(language);
    expect([...hard, ...soft].filter((word) => !/^\w+(-\w+)*\??$/.test(word))).toEqual([]);
  });
});

describe('languages agree with known facts:', () => {
  it.each(hardCounts)('%s has %i hard words', async (language, count) => {
    expect((await load(language)).hard).toHaveLength(count);
  });

  it.each(softCounts)('%s has %i soft words', async (language, count) => {
    expect((await load(language)).soft).toHaveLength(count);
  });

  it('the lists have the words of the newest versions', async () => {
    expect((await load('cpp')).hard).toContain('contract_assert');
    expect((await load('c')).hard).toContain('constexpr');
    expect((await load('lua')).hard).toContain('global');
    expect((await load('rust')).soft).toContain('gen');
    expect((await load('ocaml')).hard).toContain('effect');
    expect((await load('python')).soft.toSorted()).toEqual(['_', 'case', 'lazy', 'match', 'type']);
    expect((await load('csharp')).soft).toEqual(
      expect.arrayContaining(words('record required init file scoped field extension union')),
    );
    expect((await load('cpp')).soft).toEqual(expect.arrayContaining(words('import module pre post')));
    expect((await load('perl')).soft).toEqual(expect.arrayContaining(['any', 'all']));
    expect((await load('julia')).soft).toEqual(expect.arrayContaining(['in', 'isa', 'where']));
    expect((await load('kotlin')).soft).toContain('it');
  });

  it('JavaScript reserves its hard words, and none of its soft ones outside of strict mode', async () => {
    const { hard, soft } = await load('javascript');
    const isVariable = (word: string, code: string) => {
      try {
        new Script(code.replace('WORD', word));
        return true;
      } catch {
        return false;
      }
    };
    const strict = 'async function* f() { "use strict"; var WORD; }';
    expect(hard.filter((word) => isVariable(word, strict))).toEqual([]);
    expect(soft.filter((word) => !isVariable(word, 'var WORD;'))).toEqual([]);
  });

  it('the list of Zig does not have the words that Zig has removed', async () => {
    const { hard } = await load('zig');
    expect(hard.filter((word) => ['async', 'await', 'usingnamespace'].includes(word))).toEqual([]);
  });

  it('words keep the letter case and punctuation of their language', async () => {
    expect((await load('python')).hard).toEqual(expect.arrayContaining(['True', 'False', 'None']));
    expect((await load('ruby')).hard).toEqual(
      expect.arrayContaining(['defined?', 'BEGIN', 'begin', '__FILE__']),
    );
    expect((await load('sql')).hard.filter((word) => word !== word.toUpperCase())).toEqual([]);
    expect((await load('sql')).hard).toContain('END-EXEC');
    expect((await load('rust')).hard).toEqual(expect.arrayContaining(['_', 'self', 'Self']));
    expect((await load('vb')).hard).toEqual(expect.arrayContaining(['AndAlso', 'ReDim', 'REM']));
    expect((await load('dart')).soft).toContain('Function');
  });
});

describe('reservedWords', () => {
  it("returns the 18 words of the original: Python's words of up to 4 letters", async () => {
    const short = (await reservedWords(['python'], false)).filter((word) => word.length <= 4);
    expect(short.map((word) => word.toLowerCase()).sort()).toEqual(
      words('and as def del elif else for from if in is none not or pass true try with'),
    );
  });

  it('returns the languages in the order in which they were selected', async () => {
    const go = (await load('go')).hard;
    const lua = (await load('lua')).hard;
    expect(await reservedWords(['lua', 'go'], false)).toEqual([...lua, ...go]);
    expect(await reservedWords(['go', 'lua'], false)).toEqual([...go, ...lua]);
  });

  it('adds the soft words of each language after its hard ones if they are wanted', async () => {
    const python = await load('python');
    const cpp = await load('cpp');
    expect(await reservedWords(['python', 'cpp'], true)).toEqual([
      ...python.hard,
      ...python.soft,
      ...cpp.hard,
      ...cpp.soft,
    ]);
  });

  it('returns nothing if no language is selected', async () => {
    expect(await reservedWords([], true)).toEqual([]);
  });
});
