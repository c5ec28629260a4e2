import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start, startBlogdom } from '../../helpers/built-command.js';
import { blogdom, serve, sortedLines } from '../../helpers/command.js';
import { fromZone, gate, type NameServer } from '../../helpers/name-server.js';

const zone = { 'live.dev': { A: ['192.0.2.1'] }, 'xn--bcher-kva.dev': { A: ['192.0.2.2'] }, com: {} };

let server: NameServer;
let folder: string;
beforeAll(async () => {
  server = await serve(zone);
  folder = await mkdtemp(join(tmpdir(), 'blogdom-input-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const ask = (args: readonly string[], input?: string | Uint8Array) =>
  blogdom(['-s', server.address, ...args], input === undefined ? {} : { input });

const mixed = '# names\n\nlive\n  spaced  \n   # more\nlive.dev\nexample.com\n';
const mixedLines = ['  example.com', '  spaced.dev', '+ live.dev'];

describe.concurrent('words, one a line', () => {
  it.each([[['-']], [['-f', '-']], [['--file=-']], [['-', '-f', '-']]])(
    'come from standard input with %j',
    async (args) => {
      const { stdout, stderr, status } = await ask(args, mixed);
      expect(sortedLines(stdout)).toEqual(mixedLines);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    },
  );

  it('come from a file', async () => {
    const { stdout, stderr, status } = await ask(['-f', await fileOf('mixed', mixed)]);
    expect(sortedLines(stdout)).toEqual(mixedLines);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('come from all sources together', async () => {
    const files = ['-f', await fileOf('one', 'bravo\n'), '--file', await fileOf('two', 'delta')];
    const lengths = ['--min-length', '5', '--max-length', '5'];
    const { stdout } = await ask(['--list', 'alpha', '-l', 'lua', ...lengths, ...files, '-'], 'gamma\n');
    const words = 'alpha bravo break delta false gamma local until while';
    expect(sortedLines(stdout)).toEqual(words.split(' ').map((word) => `${word}.dev`));
  });

  it('may end in CR LF, begin with a byte order mark, have no LF at the end, and be UTF-8', async () => {
    const { stdout, stderr, status } = await ask(['-'], '\ufefflive\r\n\r\n# no\r\nbücher');
    expect(sortedLines(stdout)).toEqual(['+ live.dev', '+ xn--bcher-kva.dev']);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('may be none at all', async () => {
    const queries = await serve(zone);
    const given = { input: '# nothing\n\n' };
    expect(await blogdom(['-s', queries.address, '-'], given)).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(queries.queries).toEqual([]);
  });

  it('may be very many, and none is lost', async () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `w${index}`);
    const { stdout, status } = await ask(['--list', '-'], names.join('\n'));
    expect(stdout.split('\n')).toEqual([...names.map((name) => `${name}.dev`), '']);
    expect(status).toBe(0);
  });
});

describe.concurrent('a name typed at the terminal', () => {
  it('is answered before the next one is typed', async () => {
    const running = startBlogdom(['-s', server.address, '-']);
    const second = Buffer.from('bücher\n');
    running.type(Buffer.concat([Buffer.from('live\n'), second.subarray(0, 2)]));
    expect(await running.stdout.nextLine()).toBe('+ live.dev');
    running.type(second.subarray(2));
    expect(await running.stdout.nextLine()).toBe('+ xn--bcher-kva.dev');
    running.type('free\nexample.com\n');
    expect([await running.stdout.nextLine(), await running.stdout.nextLine()].toSorted()).toEqual([
      '  example.com',
      '  free.dev',
    ]);
    running.type('-bad\n');
    expect(await running.stderr.nextLine()).toContain('standard input, line 5');
    running.type('last');
    running.endInput();
    expect(await running.stdout.nextLine()).toBe('  last.dev');
    expect((await running.ended).status).toBe(1);
  });

  it('is asked for while another one waits', async () => {
    const { hold, release } = gate();
    const records = fromZone(zone);
    const slow = await serve(({ name }) => (name === 'slow.dev' ? hold(records) : records));
    const running = startBlogdom(['-s', slow.address, '--no-canary', '-o', 'names', '-']);
    running.type('slow\n');
    await slow.received(1);
    running.type('live\n');
    expect(await running.stdout.nextLine()).toBe('live.dev');
    running.endInput();
    release();
    expect(await running.ended).toEqual({ stdout: 'live.dev\nslow.dev\n', stderr: '', status: 0 });
  });
});

it('names come from a pipe as they are written to it', async () => {
  const path = join(folder, 'pipe');
  await start('mkfifo', [path]).ended;
  const writer = start('sh', ['-c', 'cat > "$PIPE"'], { PIPE: path });
  const running = startBlogdom(['-s', server.address, '-f', path]);
  writer.type('live\n');
  expect(await running.stdout.nextLine()).toBe('+ live.dev');
  writer.type('free\n');
  expect(await running.stdout.nextLine()).toBe('  free.dev');
  writer.endInput();
  expect((await running.ended).status).toBe(0);
});
