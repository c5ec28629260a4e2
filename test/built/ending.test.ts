import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, type Running, shell, startBlogdom } from '../helpers/built-command.js';
import { afterFile } from '../helpers/closing.js';
import { serve } from '../helpers/command.js';
import { honest } from '../helpers/honest.js';
import { answer, type NameServer, silent } from '../helpers/name-server.js';
import { startWithStalledReader } from '../helpers/stalled-reader.js';
import { makeFolder } from '../helpers/system/folder.js';
import { makePipe } from '../helpers/system/pipe.js';

let server: NameServer;
beforeAll(async () => {
  server = await serve(honest(({ name }) => (name === 'mute.dev' ? silent : answer('192.0.2.1'))));
});

describe.concurrent('Ctrl-C', () => {
  it.each([
    ['a run that waits for a reply', ['mute', 'early'], '+ early.dev'],
    ['a run that waits for standard input', ['early', '-'], '+ early.dev'],
    ['a list that waits for standard input', ['--list', 'early', '-'], 'early.dev'],
  ])('ends %s with status 130 after it has printed what it knows', async (_what, args, line) => {
    const running = startBlogdom(['-s', server.address, '--timeout', '60', ...args]);
    expect(await running.stdout.nextLine()).toBe(line);
    running.interrupt();
    expect(await running.ended).toEqual({ stdout: `${line}\n`, stderr: '', status: 130 });
  });
});

describe.concurrent('SIGTERM', () => {
  it.each([
    ['a run that waits for a reply', ['mute', 'early'], '+ early.dev'],
    ['a list that waits for standard input', ['--list', 'early', '-'], 'early.dev'],
  ])('ends %s with status 143, after what was known was printed', async (_what, args, line) => {
    const running = startBlogdom(['-s', server.address, '--timeout', '60', ...args]);
    expect(await running.stdout.nextLine()).toBe(line);
    running.terminate();
    expect(await running.ended).toEqual({ stdout: `${line}\n`, stderr: '', status: 143 });
  });
});

describe.skipIf(process.platform === 'win32')('a signal before the run', () => {
  it('ends the reading of a list of servers from a pipe that nobody writes to', async () => {
    const folder = await makeFolder();
    afterFile(folder.remove);
    const pipe = join(folder.path, 'pipe');
    makePipe(pipe);
    const running = startBlogdom(['--server-file', pipe, 'a']);
    // Long enough that it reads; if it does not yet, it ends in the same way.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    running.terminate();
    expect(await running.ended).toEqual({ stdout: '', stderr: '', status: 'SIGTERM' });
  });
});

describe.concurrent('the first signal', () => {
  it.each([
    ['Ctrl-C', (running: Running) => running.interrupt(), 130],
    ['SIGTERM', (running: Running) => running.terminate(), 143],
  ])('ends a run whose output nobody reads (%s)', async (_what, send, status) => {
    const asked = await serve(() => answer('192.0.2.1'));
    const options = ['-s', asked.address, '--no-canary', '--concurrency', '1'];
    const running = await startWithStalledReader(process.execPath, [bin, ...options, 'early', '-']);
    running.type('next\n');
    // With one name at a time, the next name is asked for when the result of the first one has been printed.
    await asked.received(2);
    send(running);
    expect(await running.ended).toEqual({ stdout: '', stderr: '', status });
  });
});

/** Prints words until nobody reads them any longer. */
const endlessWords = 'while echo "w$((i += 1))"; do :; done 2>/dev/null';

describe.concurrent('a reader that closes standard output', () => {
  it.each([
    ['a run', 'echo x', (address: string) => `-s ${address} -f - a b c d`, /^\+ [a-dx]\.dev$/],
    ['a run on endless words', endlessWords, (address: string) => `-s ${address} -`, /^\+ w\d+\.dev$/],
    ['an endless list', endlessWords, () => '--list -', /^w1\.dev$/],
    ['the help', 'true', () => '--help', /^Usage: blogdom/],
  ])('ends %s quietly with status 0', async (_what, words, argsFor, line) => {
    const script = `${words} | blogdom ${argsFor(server.address)} | head -1; echo "\${PIPESTATUS[1]}"`;
    const { stdout, stderr } = await shell(script);
    const [first, ...rest] = stdout.split('\n');
    expect(first).toMatch(line);
    expect({ rest, stderr }).toEqual({ rest: ['0', ''], stderr: '' });
  });
});

describe.concurrent('a reader that closes standard error', () => {
  it('loses no results', async () => {
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
    ['a run that prints a header', 'true', (address: string) => `-s ${address} -o csv a`],
    ['a run on endless words', endlessWords, (address: string) => `-q -s ${address} -`],
    ['a list', 'true', () => '--list a'],
    ['an endless list', endlessWords, () => '--list -'],
    ['the help', 'true', () => '--help'],
    ['the version', 'true', () => '--version'],
  ])('ends %s with one line on standard error and status 2', async (_what, words, argsFor) => {
    const script = `${words} | blogdom ${argsFor(server.address)} >/dev/full; echo "\${PIPESTATUS[1]}"`;
    const { stdout, stderr } = await shell(script);
    expect(stderr).toBe('blogdom: cannot write the results: the disk is full\n');
    expect(stdout).toBe('2\n');
  });

  it('loses no results if only standard error is on it', async () => {
    const { stdout } = await shell(`blogdom -v -s ${server.address} early 2>/dev/full; echo $?`);
    expect(stdout).toBe('+ early.dev\n0\n');
  });
});
