import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blogdom, serve, sortedLines } from '../../helpers/command.js';
import type { NameServer } from '../../helpers/name-server.js';

const zone = { 'live.dev': { A: ['192.0.2.1'] } };

let server: NameServer;
let folder: string;
beforeAll(async () => {
  server = await serve(zone);
  folder = await mkdtemp(join(tmpdir(), 'blogdom-bad-input-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const ask = (args: readonly string[], input: string | Uint8Array = '') =>
  blogdom(['-s', server.address, ...args], { input });

describe.concurrent('a word on the command line that is no name', () => {
  const labelOf64 = 'a'.repeat(64);
  const nameOf254 = `${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(62)}`;

  it.each([
    ['-bad', 'a label must begin and end with a letter or a digit'],
    ['ab--cd', 'the third and fourth characters of a label may be "--" only after "xn"'],
    ['xn--', ''],
    ['two words', 'only letters, digits and hyphens are allowed, not " "'],
    ['', 'it has an empty label'],
    ['192.0.2.1', 'this is an IP address'],
    [labelOf64, 'one label is 64 octets long, and a label may have at most 63'],
    [nameOf254, 'it is 254 octets long, and a name may have at most 253'],
    ['https://user@www.Example.dev:8080/page?query#part', 'did you mean www.example.dev?'],
    ['someone@example.dev', 'did you mean example.dev?'],
  ])('(%j) is an error, and nothing is probed', async (word, why) => {
    const asked = await serve(zone);
    const { stdout, stderr, status } = await blogdom(['-s', asked.address, 'live', '--', word]);
    expect(stderr).toMatch(/^blogdom: expected a word or a domain name, got "[^\n]+\n$/);
    expect(stderr).toContain(`: ${why}`);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(asked.queries).toEqual([]);
  });

  it('is an error for --list, too', async () => {
    const { stdout, status } = await ask(['--list', 'good', 'b@d']);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });

  it('is an error where only the top-level domain makes it too long', async () => {
    const { stdout, stderr, status } = await ask([
      'live',
      '-t',
      `${'a'.repeat(63)}.`.repeat(3) + 'b'.repeat(57),
    ]);
    expect(stderr).toContain('it is 254 octets long, and a name may have at most 253');
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });
});

describe.concurrent('a line that is no name', () => {
  const lines = 'live\n-bad\n\n# comment\nhttps://example.dev/page\nfree\nxn--\x1b[31m\n';

  it.each([
    ['standard input', async () => ({ args: ['-'], input: lines })],
    ['a file', async () => ({ args: ['-f', await fileOf('bad\tlines', lines)], input: '' })],
  ])('of %s is reported with its number, the rest goes on, and the status is 1', async (source, given) => {
    const { args, input } = await given();
    const { stdout, stderr, status } = await ask(args, input);
    expect(sortedLines(stdout)).toEqual(['  free.dev', '+ live.dev']);
    const origin = source === 'a file' ? `"${join(folder, 'bad\\x09lines')}"` : source;
    const expected = `blogdom: ${origin}, line`;
    const [second, fifth, seventh, ...others] = stderr.split('\n');
    expect(second).toMatch(`${expected} 2: expected a word or a domain name, got "-bad": `);
    expect(fifth).toBe(
      `${expected} 5: expected a word or a domain name, got "https://example.dev/page": did you mean example.dev?`,
    );
    expect(seventh).toMatch(`${expected} 7: expected a word or a domain name, got "xn--\\x1b[31m": `);
    expect(others).toEqual(['']);
    expect(status).toBe(1);
  });

  it('makes the status of --list 1, too', async () => {
    const { stdout, status } = await ask(['--list', '-'], 'a\n-\nb\n');
    expect({ stdout, status }).toEqual({ stdout: 'a.dev\nb.dev\n', status: 1 });
  });

  it('may be endless, or no text at all', async () => {
    const input = Buffer.concat([
      Buffer.alloc(200_000, 'x'),
      Buffer.of(10, 0xff, 0, 0xfe, 10),
      Buffer.from('live\n'),
    ]);
    const { stdout, stderr, status } = await ask(['-'], input);
    expect({ stdout, status }).toEqual({ stdout: '+ live.dev\n', status: 1 });
    expect(stderr).toMatch(
      /^blogdom: standard input, line 1: [^\n]{1,300}\nblogdom: standard input, line 2: [^\n]+\n$/,
    );
  });
});

describe.concurrent('a file that cannot be read', () => {
  const isRoot = process.getuid?.() === 0;

  it.each([
    ['is missing', async () => join(folder, 'missing'), 'there is no such file'],
    ['is a folder', async () => folder, 'it is a folder'],
    [
      'is under a file',
      async () => join(await fileOf('plain', 'x'), 'x'),
      'a part of the path is not a folder',
    ],
    ['has no name', async () => '', 'there is no such file'],
  ])('(it %s) is an error, and nothing is probed', async (_what, pathOf, why) => {
    const asked = await serve(zone);
    const path = await pathOf();
    const { stdout, stderr, status } = await blogdom(['-s', asked.address, 'live', '-', '-f', path], {
      input: 'live\n',
    });
    expect(stderr).toBe(`blogdom: expected a file of names, got "${path}": ${why}\n`);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(asked.queries).toEqual([]);
  });

  it.skipIf(isRoot)(
    '(its reader has no right to) is an error (skipped for root, who may read all)',
    async () => {
      const path = await fileOf('secret', 'live\n');
      await chmod(path, 0);
      const { stdout, stderr, status } = await ask(['-f', path]);
      expect(stderr).toBe(
        `blogdom: expected a file of names, got "${path}": you do not have permission to read it\n`,
      );
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    },
  );

  it.skipIf(process.platform !== 'linux')('(reading fails half-way) is an error in one line', async () => {
    const { stderr, status } = await ask(['-f', '/proc/self/mem']);
    expect(stderr).toBe('blogdom: expected a file of names, got "/proc/self/mem": it cannot be read (EIO)\n');
    expect(status).toBe(2);
  });
});
