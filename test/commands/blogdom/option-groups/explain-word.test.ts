import { describe, expect, it } from 'vitest';
import { explainWord } from '../../../../src/commands/blogdom/option-groups/explain-word.js';

describe('explainWord', () => {
  it.each([
    ['foo,bar', 'separate words with spaces: foo bar'],
    ['foo, bar;x.org', 'separate words with spaces: foo bar x.org'],
    ['my blog', 'did you mean my-blog or myblog?'],
    ['my_new_blog', 'did you mean my-new-blog or mynewblog?'],
    ['go*', "did you mean --pattern 'go?'?"],
    ['go?', "did you mean --pattern 'go?'?"],
    ['[a-z]x', "did you mean --pattern '[a-z]x'?"],
    ['go{ing,ne}', "did you mean --pattern 'go{ing,ne}'?"],
    ['a#', "did you mean --pattern 'a#'?"],
    ['1.1.1.1', 'did you mean --server 1.1.1.1?'],
  ])('finds what was meant by %j', (text, meant) => {
    expect(explainWord(text)).toBe(`expected a word or a domain name, got "${text}": ${meant}`);
  });

  it.each(['a_', ',', 'x,-', 'a(b)', '[', 'https://x.org/', '*.x.org', 'ok'])(
    'finds nothing for %j',
    (text) => {
      expect(explainWord(text)).toBeUndefined();
    },
  );
});
