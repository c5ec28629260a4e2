import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeSystem } from '../helpers/system/needs.js';
import { run } from '../helpers/system/process.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blogdom-'));
  for (const page of pages) {
    const compressed = await readFile(new URL(`../../dist/man/${page}.gz`, import.meta.url));
    await writeFile(pathOf(page), gunzipSync(compressed));
  }
});
afterAll(() => rm(folder, { recursive: true }));

const pages = ['blogdom.1', 'blogdom-flags.1'];
const pathOf = (page: string): string => join(folder, page);

describeSystem('the man page', ['mandoc', 'groff'], () => {
  it.each(pages)('%s is one that mandoc and groff have no warning about', async (page) => {
    const clean = { status: 0, stdout: '', stderr: '' };
    expect(await run(['mandoc', '-Tlint', '-Wwarning', pathOf(page)])).toMatchObject(clean);
    expect(await run(['groff', '-man', '-ww', '-z', pathOf(page)])).toMatchObject(clean);
  });

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
