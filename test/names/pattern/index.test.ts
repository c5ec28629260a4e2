import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPattern, type Pattern, wordsOf } from '../../../src/names/pattern/index.js';

function patternOf(text: string): Pattern {
  const pattern = createPattern(text);
  return 'problem' in pattern ? expect.fail(pattern.problem) : pattern;
}

async function wordsIn(text: string): Promise<string[]> {
  const words: string[] = [];
  for await (const batch of wordsOf(patternOf(text))) words.push(...batch);
  return words;
}

function problemOf(text: string): string {
  const pattern = createPattern(text);
  return 'problem' in pattern ? pattern.problem : expect.fail(`Expected a problem with ${text}`);
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];

describe('a pattern', () => {
  it.each([
    ['go', ['go']],
    ['go{ing,ne}', ['going', 'gone']],
    ['go{,es}', ['go', 'goes']],
    ['[ab][x-z]', ['ax', 'ay', 'az', 'bx', 'by', 'bz']],
    ['[a-]b', ['ab', '-b']],
    ['a#', ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8', 'a9']],
    ['?x', alphabet.map((letter) => `${letter}x`)],
    ['{a,b[cd]}e{f,g{h,i}}', ['aef', 'aegh', 'aegi', 'bcef', 'bcegh', 'bcegi', 'bdef', 'bdegh', 'bdegi']],
    ['go.{dev,io}', ['go.dev', 'go.io']],
    ['b[üu]cher', ['bücher', 'bucher']],
    ['[ab]{2}', ['aa', 'ab', 'ba', 'bb']],
    ['go{1,3}', ['go', 'goo', 'gooo']],
    ['go{0,1}d', ['gd', 'god']],
    ['{ab,c}{2}', ['abab', 'abc', 'cab', 'cc']],
    ['{a{2},b}c', ['aac', 'bc']],
    ['web{1,2,3}', ['web1', 'web2', 'web3']],
    ['a3[3]', ['a33']],
    ['a,b', []],
  ])('%s stands for %j', async (text, words) => {
    if (words.length > 0) expect(await wordsIn(text)).toEqual(words);
    else expect(problemOf(text)).toContain('"," (character 2)');
  });

  it.each([
    ['in 2,000 braces', '{'.repeat(2000), /"\{" \(character 51\) is within more than 50 other braces$/],
    [
      'in 2,000 pairs of braces',
      '{'.repeat(2000) + '}'.repeat(2000),
      /character 51\) is within more than 50 /,
    ],
    [
      'that repeats what repeats',
      '{{{a}{63}}{63}}{63}',
      /"\{" \(character 11\) makes words that are too long for a name$/,
    ],
    ['that repeats nothing', '{{{{}{63}}{63}}{63}}{63}', /makes words that are too long for a name$/],
    [
      'of 100,000 letters',
      'a'.repeat(100_000),
      /"a" \(character 2001\) makes words that are too long for a name$/,
    ],
  ])('has an end, with an error for one %s', (_, text, problem) => {
    expect(createPattern(text)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it('counts its words without listing them', () => {
    expect(patternOf('??????').count).toBe(308_915_776);
    expect(patternOf('[a-z][aeiou]x#').count).toBe(1300);
    expect(patternOf('{a,b?}{,c}').count).toBe(54);
    expect(patternOf('[a-z]{3}').count).toBe(17_576);
    expect(patternOf('?{2,3}').count).toBe(18_252);
  });

  it('has its first and last words at once, however many there are', () => {
    const { count, at } = patternOf('???????????');
    expect(count).toBe(26 ** 11);
    expect(at(0)).toBe('aaaaaaaaaaa');
    expect(at(count - 1)).toBe('zzzzzzzzzzz');
  });

  it('has every word once if its parts have no word twice', async () => {
    const part = fc.constantFrom('?', '#', '[abc]', '{x,yy}', 'q', '{,[12]}', '[ab]{1,2}');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 2 }), async (parts) => {
        const text = `a${parts.join('-')}z`;
        const words = await wordsIn(text);
        expect(words).toHaveLength(patternOf(text).count);
        expect(new Set(words).size).toBe(words.length);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['go*', '"*" (character 3) would make it endless'],
    ['g+o', '"+" (character 2) would make it endless'],
    ['a{b', '"{" (character 2) has no "}" after it'],
    ['a{b,{c}', '"{" (character 2) has no "}" after it'],
    ['ab}', '"}" (character 3) has no "{" before it'],
    ['a[bc', '"[" (character 2) has no "]" after it'],
    ['a[]', '"[" (character 2) has nothing before its "]"'],
    ['[^a]', '"^" (character 2) is not possible: list the characters that are wanted'],
    ['[z-a]', '"z" (character 2) begins a range that runs backwards'],
    ['a b', '" " (character 2) cannot be in a name and means nothing in a pattern'],
    ['ü_', '"_" (character 2) cannot be in a name and means nothing in a pattern'],
    ['{3}a', '"{" (character 1) has nothing before it to repeat: as text, a digit is 3 or [3]'],
    ['a{b,{2}}', '"{" (character 5) has nothing before it to repeat: as text, a digit is 3 or [3]'],
    ['a{2}{3}', '"{" (character 5) repeats what is repeated already'],
    ['a{2,}', '"{" (character 2) would make it endless'],
    ['a{,2}', '"{" (character 2) is not clear: write {0,2} to repeat, or {,[2]}'],
    ['a{3,2}', '"{" (character 2) begins a repetition that counts backwards'],
    ['a{0}', '"{" (character 2) repeats nothing'],
    ['a{64}', '"{" (character 2) repeats more than 63 times, the length of a label'],
    ['x[a-z]{12}', '"[" (character 2) makes more than 9,007,199,254,740,991 words'],
    ['????????????', '"?" (character 12) makes more than 9,007,199,254,740,991 words'],
    ['', 'it is empty'],
  ])('%s is rejected, and the message shows where', (text, reason) => {
    expect(problemOf(text)).toMatch(/^expected a pattern of letters, [^\n]+$/);
    expect(problemOf(text).endsWith(`: ${reason}`)).toBe(true);
  });

  it.each([
    ['-a', 'must begin and end with a letter or a digit'],
    ['?-', 'must begin and end with a letter or a digit'],
    ['??????-', 'must begin and end with a letter or a digit'],
    ['?..?', 'empty label'],
    ['a'.repeat(64), '64 octets long'],
  ])('%s is rejected because no word of it is a name', (text, reason) => {
    expect(problemOf(text)).toMatch(/^expected a pattern of names, got "[^"]+", which stands for none: /);
    expect(problemOf(text)).toContain(reason);
  });
});
