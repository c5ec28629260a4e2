import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { shell, start, startBlogdom } from '../../helpers/built-command.js';
import { serve } from '../../helpers/command.js';
import { honest } from '../../helpers/honest.js';
import { answer, type NameServer, silent } from '../../helpers/name-server.js';
import { hasTerminal, startInTerminal } from '../../helpers/terminal.js';

let server: NameServer;
beforeAll(async () => {
  server = await serve(honest(({ name }) => (name === 'mute.dev' ? silent : answer('192.0.2.1'))));
});

describe.concurrent('Ctrl-C', () => {
  const interrupted = { stderr: '', status: 130 };

  it('ends a run with the status 130, and what was known before is printed', async () => {
    const running = startBlogdom(['-s', server.address, '--timeout', '60', 'mute', 'early']);
    expect(await running.stdout.nextLine()).toBe('+ early.dev');
    running.interrupt();
    expect(await running.ended).toEqual({ stdout: '+ early.dev\n', ...interrupted });
  });

  it.each([
    ['a run', ['-s'], '+ early.dev'],
    ['a list', ['--list', '-s'], 'early.dev'],
  ])('ends %s that waits for its standard input', async (_what, args, line) => {
    const running = startBlogdom([...args, server.address, 'early', '-']);
    expect(await running.stdout.nextLine()).toBe(line);
    running.interrupt();
    expect(await running.ended).toEqual({ stdout: `${line}\n`, ...interrupted });
  });

  it.skipIf(!hasTerminal)('typed at a terminal does the same (needs script of util-linux)', async () => {
    const running = startInTerminal(['-s', server.address, '--color=never', '-']);
    running.type('early\n');
    expect(await running.stdout.nextLine()).toBe('early\r');
    expect(await running.stdout.nextLine()).toBe('+ early.dev\r');
    running.type('\x03');
    expect((await running.ended).status).toBe(130);
  });
});

it('Ctrl-C ends a run that waits for a named pipe', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'blogdom-ending-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const pipe = join(folder, 'pipe');
  await start('mkfifo', [pipe]).ended;
  const running = startBlogdom(['-s', server.address, '-f', pipe]);
  const writer = start('sh', ['-c', 'cat > "$PIPE"'], { PIPE: pipe });
  writer.type('early\n');
  expect(await running.stdout.nextLine()).toBe('+ early.dev');
  running.interrupt();
  const { status } = await running.ended;
  writer.endInput();
  expect(status).toBe(130);
});

/** Endless, until nobody reads them any more. */
const endlessWords = 'while echo "w$((i += 1))"; do :; done 2>/dev/null';

describe.concurrent('a reader that has seen enough', () => {
  it.each([
    ['a run', 'echo x', (address: string) => `-s ${address} -f - a b c d`, /^\+ [a-dx]\.dev$/],
    ['a run on endless words', endlessWords, (address: string) => `-s ${address} -`, /^\+ w\d+\.dev$/],
    ['an endless list', endlessWords, () => '--list -', /^w1\.dev$/],
    ['the help', 'true', () => '--help', /^Usage: blogdom/],
  ])('ends %s quietly', async (_what, words, argsFor, line) => {
    const script = `${words} | blogdom ${argsFor(server.address)} | head -1; echo "\${PIPESTATUS[1]}"`;
    const { stdout, stderr } = await shell(script);
    const [first, ...rest] = stdout.split('\n');
    expect(first).toMatch(line);
    expect({ rest, stderr }).toEqual({ rest: ['0', ''], stderr: '' });
  });

  it('of standard error costs no results', async () => {
    const running = startBlogdom(['-v', '-s', server.address, '-']);
    await running.stderr.nextLine();
    running.closeStderr();
    running.type('-bad\n');
    running.type('early\n');
    expect(await running.stdout.nextLine()).toBe('+ early.dev');
    running.endInput();
    expect((await running.ended).status).toBe(1);
  });
});

describe.skipIf(!existsSync('/dev/full')).concurrent('a full disk', () => {
  it.each([
    ['a run', 'true', (address: string) => `-s ${address} a b c`],
    ['a table', 'true', (address: string) => `-s ${address} -o csv a`],
    ['a run on endless words', endlessWords, (address: string) => `-s ${address} -`],
    ['a list', 'true', () => '--list'],
    ['an endless list', endlessWords, () => '--list -'],
    ['the help', 'true', () => '--help'],
    ['the version', 'true', () => '--version'],
  ])('ends %s with one line on standard error and the status 2', async (_what, words, argsFor) => {
    const script = `${words} | blogdom ${argsFor(server.address)} >/dev/full; echo "\${PIPESTATUS[1]}"`;
    const { stdout, stderr } = await shell(script);
    expect(stderr).toMatch(/^blogdom: cannot write the results: [^\n]+\n$/);
    expect(stdout).toBe('2\n');
  });

  it('for standard error costs no results', async () => {
    const { stdout } = await shell(`blogdom -v -s ${server.address} early 2>/dev/full; echo $?`);
    expect(stdout).toBe('+ early.dev\n0\n');
  });
});
