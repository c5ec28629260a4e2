import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

/** Asks for the licences of a bundled package with the given files; rejects if they are refused. */
async function licencesOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'blogdom-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'node_modules', 'left');
  await mkdir(path, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  const url = pathToFileURL('scripts/licences.js');
  const script = `import { licencesOf } from '${url}';
    console.log(licencesOf(['${join(path, 'a.js')}', '${join(path, 'b.js')}', 'src/index.ts']));`;
  const args = ['--input-type=module', '--eval', script];
  return (await promisify(execFile)(process.execPath, args)).stdout;
}

const packageJson = (license: string) => JSON.stringify({ name: 'left', version: '1.2.3', license });

describe('the licences of the bundled packages', () => {
  it('name each package once, with its copyright and the terms', async () => {
    const text = await licencesOf({
      'package.json': packageJson('MIT'),
      LICENSE: 'MIT License\n\nCopyright (c) 2020 Somebody\n\nPermission is\ngranted.\n',
    });
    expect(text).toContain('left 1.2.3 (MIT)\n  Copyright (c) 2020 Somebody\n\nPermission is granted.\n');
    expect(text.match(/left/g)).toHaveLength(1);
  });

  it('are refused if one does not allow bundling, or its text is missing', async () => {
    await expect(licencesOf({ 'package.json': packageJson('GPL-3.0') })).rejects.toThrow('got GPL-3.0');
    await expect(licencesOf({ 'package.json': packageJson('MIT') })).rejects.toThrow('licence of left');
  });
});
