import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { shell, start, startBlogdom } from '../helpers/built-command.js';
import { serve } from '../helpers/command.js';
import { fromZone, gate, type NameServer } from '../helpers/name-server.js';

const zone = { 'live.dev': { A: ['192.0.2.1'] }, 'xn--bcher-kva.dev': { A: ['192.0.2.2'] } };

let server: NameServer;
beforeAll(async () => {
  server = await serve(zone);
});

/** A named pipe without a reader or writer, removed when the test ends. */
async function makePipe(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'blogdom-pipe-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const pipe = join(folder, 'pipe');
  await start('mkfifo', [pipe]).ended;
  return pipe;
}

/** Starts a process that copies what is typed to a named pipe. */
const startWriter = (pipe: string) => start('sh', ['-c', 'cat > "$PIPE"'], { PIPE: pipe });

describe.concurrent('blogdom -', () => {
  it('answers each line, or reports it, before the next one is typed', async () => {
    const running = startBlogdom(['-s', server.address, '-']);
    const second = Buffer.from('bücher\n');
    running.type(Buffer.concat([Buffer.from('live\n'), second.subarray(0, 2)]));
    expect(await running.stdout.nextLine()).toBe('+ live.dev');
    running.type(second.subarray(2));
    expect(await running.stdout.nextLine()).toBe('+ xn--bcher-kva.dev  bücher.dev');
    running.type('-bad\n');
    expect(await running.stderr.nextLine()).toContain('standard input, line 3');
    running.endInput('last');
    expect(await running.stdout.nextLine()).toBe('  last.dev');
    expect((await running.ended).status).toBe(1);
  });

  it('answers a line while an earlier one has no reply yet', async () => {
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

describe('blogdom - with a folder as standard input', () => {
  it('ends with status 2 before it probes anything', async () => {
    expect(await shell('blogdom -s 127.0.0.1 a.dev - < /; echo $?')).toMatchObject({
      stdout: '2\n',
      stderr: 'blogdom: expected a file of names, got standard input: it is a folder\n',
    });
  });
});

describe('blogdom --file with a named pipe', () => {
  it('answers each line as soon as it is written', async () => {
    const pipe = await makePipe();
    const writer = startWriter(pipe);
    const running = startBlogdom(['-s', server.address, '-f', pipe]);
    writer.type('live\n');
    expect(await running.stdout.nextLine()).toBe('+ live.dev');
    writer.type('free\n');
    expect(await running.stdout.nextLine()).toBe('  free.dev');
    writer.endInput();
    expect((await running.ended).status).toBe(0);
  });

  it('ends at Ctrl-C while it waits for the next line', async () => {
    const pipe = await makePipe();
    const running = startBlogdom(['-s', server.address, '-f', pipe]);
    const writer = startWriter(pipe);
    writer.type('live\n');
    expect(await running.stdout.nextLine()).toBe('+ live.dev');
    running.interrupt();
    const { status } = await running.ended;
    writer.endInput();
    expect(status).toBe(130);
  });
});
