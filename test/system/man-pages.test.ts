import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeSystem } from '../helpers/system/needs.js';
import { run } from '../helpers/system/process.js';

const pathOf = (page: string): string => fileURLToPath(new URL(`../../dist/man/${page}`, import.meta.url));

describeSystem('the man page', ['mandoc', 'groff'], () => {
  it.each(['blogdom.1', 'blogdom-flags.1'])(
    '%s is one that mandoc and groff have no warning about',
    async (page) => {
      const clean = { status: 0, stdout: '', stderr: '' };
      expect(await run(['mandoc', '-Tlint', '-Wwarning', pathOf(page)])).toMatchObject(clean);
      expect(await run(['groff', '-man', '-ww', '-z', pathOf(page)])).toMatchObject(clean);
    },
  );

  it.each([40, 80, 200])('of blogdom is readable at %i columns', async (columns) => {
    const { stdout } = await run(['mandoc', '-Tascii', `-Owidth=${columns}`, pathOf('blogdom.1')]);
    // Bold and underlined characters are printed twice.
    const lines = stdout.replace(/.[\b]/g, '').split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    const words = lines.join(' ').replace(/\s+/g, ' ');
    expect(words).toContain('-t, --tld list domains to append to words, such as com or co.uk');
    expect(words).toContain('* unregistered with --confirm: its registry has no registration of it');
    expect(words).toContain('~/.config/blogdom/config.json defaults for options');
  });
});
