import { describe, expect, it } from 'vitest';
import { candidatesOfLine } from '../../src/names/candidates.js';
import { under } from './under.js';

/** The name that a line stands for, or what is wrong with it. */
function nameIn(line: string): string | undefined {
  const candidates = candidatesOfLine(line, 0, 63, under([{ name: 'dev' }]));
  return 'problem' in candidates ? undefined : candidates.map(({ name }) => name).join(' ');
}

describe('a line of a list', () => {
  it.each([
    '1. pasta',
    '12) pasta',
    '(1) pasta',
    '1)pasta',
    'a) pasta',
    'b. pasta',
    '- pasta',
    '* pasta',
    '+ pasta',
    '• pasta',
    '– pasta',
    '> pasta',
    '1️⃣ pasta',
    '- [ ] pasta',
    '- [x] pasta',
    '"pasta"',
    "'pasta'",
    '“pasta”',
    '„pasta“',
    '«pasta»',
    '« pasta »',
    '‘pasta’',
    '`pasta`',
    '**pasta**',
    '__pasta__',
    '*pasta*',
    '_pasta_',
    '~~pasta~~',
    '"pasta",',
    '"pasta,"',
    '`pasta`;',
    'pasta,',
    'pasta;',
    'pasta # a note',
    'pasta\t# a note, with "marks"',
    '1. **Pasta** – short and sweet',
    '1. **Pasta**: short, sweet',
    '- **Pasta:** short',
    '- `pasta` - short',
    '- "Pasta" (5 letters)',
    '- pasta - short',
    '3. pasta — short, sweet',
    '* pasta (5 letters)',
    '- ***pasta***',
    '  - pasta  ',
    '1. pasta.dev',
    '- [pasta.dev](https://pasta.dev)',
    '"pasta.dev", # registered?',
  ])('stands for the name in it: %s', (line) => {
    expect(nameIn(line)).toBe('pasta.dev');
  });

  it.each([
    'Here are some names:',
    'Names:',
    'Sure!',
    '- my blog',
    '1. my blog - about food',
    '- Short: pasta, udon',
    'pasta - short',
    'pasta (short)',
    'pasta, udon',
    '1 pasta',
    '| pasta | short |',
    '❌ pasta',
    '---',
    '```',
    '"pasta',
    '- ',
    '""',
    '*.pasta.dev',
    '1,pasta.dev',
  ])('is not a name if that leaves a doubt: %s', (line) => {
    expect(nameIn(line)).toBeUndefined();
  });
});
