import { statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/commands/blogdom/options.js';
import { run } from '../../../src/commands/blogdom/run.js';
import { blogdom, serve, sortedLines, urlOf } from '../../helpers/command.js';
import { honest } from '../../helpers/honest.js';
import * as act from '../../helpers/name-server.js';
import { sampleLines, sampleZone } from '../../helpers/sample-zone.js';
import { fakeStreams } from './fake-streams.js';

const zone = {
  'live.dev': { A: ['192.0.2.1'] },
  'taken.dev': act.noData,
  'refused.dev': act.refuse,
};

let server: act.NameServer;
let folder: string;
beforeAll(async () => {
  server = await serve(zone);
  folder = await mkdtemp(join(tmpdir(), 'blogdom-run-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const ask = (args: readonly string[], input = '') =>
  blogdom(['-s', server.address, '--tries', '2', ...args], { input });

describe.concurrent('blogdom', () => {
  it('prints a line for each name, with a reason after two spaces', async () => {
    const { stdout, stderr } = await ask(['live', 'taken', 'free', 'refused']);
    expect(sortedLines(stdout)).toEqual([
      '  free.dev',
      '+ live.dev',
      `? refused.dev  REFUSED from ${urlOf(server)}`,
      '~ taken.dev',
    ]);
    expect(stderr).toBe('');
  });

  it('ends with status 0 if every name has an answer, and 1 if one is unknown', async () => {
    expect((await ask(['live', 'taken', 'free'])).status).toBe(0);
    expect((await ask(['live', 'refused'])).status).toBe(1);
  });

  it('asks for all names before the first reply', async () => {
    const { hold, release } = act.gate();
    const sample = act.fromZone(sampleZone);
    const held = await serve(() => hold(sample));
    const running = blogdom(['-s', held.address, '--no-canary']);
    await held.received(18);
    release();
    expect(sortedLines((await running).stdout)).toEqual(sampleLines);
  });

  it('has at most as many names in flight as --concurrency allows', async ({ expect }) => {
    const { hold, release } = act.gate();
    const inFlight = new Set<string>();
    let most = 0;
    const held = await serve(({ name, attempt }) => {
      if (attempt === 1) inFlight.add(name);
      most = Math.max(most, inFlight.size);
      return hold([act.deny, () => inFlight.delete(name)]);
    });
    const running = blogdom(['-s', held.address, '--no-canary', '-c', '3', ...'abcdefgh']);
    const names = () => [...new Set(held.queries.map(({ name }) => name))];
    for (let released = 0; released < 8; released++) {
      await expect
        .poll(() => names().length, { interval: 1, timeout: 10_000 })
        .toBe(Math.min(released + 3, 8));
      release(names()[released]);
    }
    expect((await running).status).toBe(0);
    expect(most).toBe(3);
  });

  it('asks as many times as --tries allows', async () => {
    const silent = await serve(() => act.silent);
    const args = ['--no-canary', '--timeout', '0.05', '--tries', '2', '-o', 'json', 'x'];
    const { stdout } = await blogdom(['-s', silent.address, ...args]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'unknown', tries: 2 });
  });

  it('colours names in text if --color says so', async () => {
    expect((await ask(['--color', 'always', 'live'])).stdout).toBe('+ \x1b[2mlive.dev\x1b[22m\n');
  });

  it('prints the header of a format even if it prints no result', async () => {
    const { stdout, status } = await ask(['-o', 'csv', '--only', 'taken', 'free']);
    expect(stdout).toMatch(/^name,[a-z,]+\n$/);
    expect(status).toBe(0);
  });
});

describe('blogdom --server-report', () => {
  it('ends with status 2 before it probes anything if the report cannot be written', async () => {
    const unused = await serve(zone);
    const ended = await blogdom(['-s', unused.address, '--server-report', join(folder, 'none', 'x'), 'live']);
    expect(ended).toEqual({
      stdout: '',
      stderr: expect.stringMatching(
        /^blogdom: --server-report: expected a file that can be written, got ".*": there is no such folder\n$/,
      ),
      status: 2,
    });
    expect(unused.queries).toEqual([]);
  });

  it.each([
    ['/dev/stdout', 'stdout'],
    ['/dev/fd/2', 'stderr'],
  ] as const)('goes to %s after the results', async (path, stream) => {
    const { [stream]: text, status } = await blogdom(['-s', server.address, '--server-report', path, 'live']);
    expect(text.replace(/^\+ live.dev\n/, '')).toMatch(/^\{"server":.*"verdict":"good"\}\n$/);
    expect(status).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('goes to a device', async () => {
    const report = (path: string) => blogdom(['-s', server.address, '--server-report', path, 'live']);
    expect(await report('/dev/null')).toEqual({ stdout: '+ live.dev\n', stderr: '', status: 0 });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('blogdom without words, but with input', () => {
  const note = 'blogdom: standard input is not read: blogdom - reads words from it\n';

  it.each([
    [[], true, note],
    [['-t', 'com'], true, note],
    [[], false, ''],
    [['-q'], true, ''],
    [['not'], true, ''],
    [['-'], true, ''],
    [['-l', 'go'], true, ''],
    [['--pattern', 'a#'], true, ''],
  ])('says that it does not read it unless that is clear: %j, %j', async (argv, isThere, message) => {
    const parsed = parseOptions(['--list', ...argv], {}, {});
    if (!('options' in parsed)) return expect.fail(parsed.text);
    const { streams, stderr } = fakeStreams();
    await run(parsed.options, { ...streams, hasInput: () => isThere }, new AbortController().signal);
    expect(stderr()).toBe(message);
  });
});

describe.concurrent('blogdom --only', () => {
  it('prints only results of the given statuses, but ends with status 1 for any unknown name', async () => {
    const { stdout, status } = await ask(['--only', 'live,absent', 'live', 'taken', 'free', 'refused']);
    expect(sortedLines(stdout)).toEqual(['  free.dev', '+ live.dev']);
    expect(status).toBe(1);
  });

  it('prints the unknown names alone with -o names, so that another run can try them again', async () => {
    const first = await ask(['--only', 'unknown', '-o', 'names', 'live', 'refused', 'free']);
    expect(first).toEqual({ stdout: 'refused.dev\n', stderr: '', status: 1 });
    const better = await serve({ 'refused.dev': { A: ['192.0.2.9'] } });
    const second = await blogdom(['-s', better.address, '-f', '-'], { input: first.stdout });
    expect(second).toEqual({ stdout: '+ refused.dev\n', stderr: '', status: 0 });
  });
});

describe.concurrent('blogdom --list', () => {
  it('prints the candidate names in the order of their sources, and probes none', async () => {
    const unused = await serve(zone);
    const files = ['-f', await fileOf('listed', 'to\n'), '-'];
    const args = ['-s', unused.address, '--list', '-l', 'go', '--max-length', '2', ...files, 'it'];
    const { stdout, stderr, status } = await blogdom(args, { input: 'IT\nat' });
    const names = ['it.dev', 'go.dev', 'if.dev', 'to.dev', 'at.dev'];
    expect(stdout.split('\n').slice(0, -1)).toEqual(names);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(unused.queries).toEqual([]);
  });

  it('prints more names than fit into one write', async () => {
    const words = Array.from({ length: 20_000 }, (_, index) => `w${index}`);
    const { stdout } = await blogdom(['--list', '-'], { input: words.join('\n') });
    expect(stdout).toBe(words.map((word) => `${word}.dev\n`).join(''));
  });

  it('prints the words of a pattern as soon as it has some, however many there are', async () => {
    const stop = new AbortController();
    const stdout = new PassThrough({ encoding: 'utf8' });
    stdout.once('data', () => stop.abort(0));
    const parsed = parseOptions(['--list', '--pattern', '???????????'], {}, {});
    if (!('options' in parsed)) return expect.fail(parsed.text);
    const streams = { stdin: Readable.from([]), stdout, stderr: new PassThrough() };
    expect(await run(parsed.options, streams, stop.signal)).toBe(0);
  });

  it('says so if no word can be split', async () => {
    const { stdout, stderr } = await blogdom(['--list', '--hack', 'python', '-t', 'dev']);
    expect(stdout).toBe('');
    expect(stderr).toBe('blogdom: no word ends in one of these domains: nothing to look up\n');
  });

  it('ends with status 1 if a line is not a name', async () => {
    const { stdout, stderr, status } = await blogdom(['--list', '-'], { input: 'a\n-\nb\n' });
    expect({ stdout, status }).toEqual({ stdout: 'a.dev\nb.dev\n', status: 1 });
    expect(stderr).toMatch(/^blogdom: standard input, line 2: .+\n$/);
  });
});

describe.concurrent('blogdom with words from files or standard input', () => {
  it('probes the names of both', async () => {
    const { stdout, stderr, status } = await ask(
      ['-f', await fileOf('words', 'live\r\n'), '-'],
      '# one\n\nfree',
    );
    expect(sortedLines(stdout)).toEqual(['  free.dev', '+ live.dev']);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('reports a line that is not a name, probes the others, and ends with status 1', async () => {
    const { stdout, stderr, status } = await ask(['-'], 'live\n-bad\nfree\n');
    expect(sortedLines(stdout)).toEqual(['  free.dev', '+ live.dev']);
    expect(stderr).toMatch(/^blogdom: standard input, line 2: .*"-bad".*\n$/);
    expect(status).toBe(1);
  });

  it('prints and asks nothing if there are no words', async () => {
    const unused = await serve(zone);
    const ended = await blogdom(['-s', unused.address, '-'], { input: '# nothing\n\n' });
    expect(ended).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(unused.queries).toEqual([]);
  });

  it('ends with status 2 before it probes anything if a file is missing', async () => {
    const unused = await serve(zone);
    const args = ['-s', unused.address, 'live', '-', '-f', join(folder, 'missing')];
    const { stdout, stderr, status } = await blogdom(args, { input: 'live\n' });
    expect(stderr).toMatch(/^blogdom: expected .+, got ".+missing": .+\n$/);
    expect({ stdout, status, queries: unused.queries }).toEqual({ stdout: '', status: 2, queries: [] });
  });

  it.skipIf(process.platform !== 'linux')(
    'ends with status 2 if a file cannot be read to its end',
    async () => {
      const { stderr, status } = await ask(['-f', '/proc/self/mem']);
      expect(stderr).toMatch(/^blogdom: expected .+, got "\/proc\/self\/mem": it cannot be read \(EIO\)\n$/);
      expect(status).toBe(2);
    },
  );
});

describe.concurrent('blogdom -v', () => {
  it('reports the servers, the limits, and each query that is repeated', async () => {
    const [refusing, answering] = [await serve(() => act.refuse), await serve(() => act.answer('192.0.2.1'))];
    const servers = `${refusing.address},${answering.address}`;
    const args = ['-v', '--no-canary', '-s', servers, '--timeout', '2', '--tries', '5', 'x'];
    const { stdout, stderr, status } = await blogdom(args);
    const [first, second, ...rest] = stderr.split('\n');
    expect(first).toContain(`${urlOf(refusing)}, ${urlOf(answering)}`);
    expect(first).toContain('2 s for one try, 5 tries for one question');
    expect(second).toBe(`blogdom: x.dev A: REFUSED from ${urlOf(refusing)}; attempt 2: ${urlOf(answering)}`);
    expect(rest).toEqual(['']);
    expect({ stdout, status }).toEqual({ stdout: '+ x.dev\n', status: 0 });
  });

  it('reports the canaries, which are sent before and after a name typed alone', async () => {
    const answering = await serve(
      honest(({ name }) => (name === 'only.dev' ? act.answer('192.0.2.1') : act.deny)),
    );
    const { stderr } = await blogdom(['-v', '-s', answering.address, 'only']);
    const [, ...rest] = stderr.trimEnd().split('\n');
    const witness = [
      expect.stringMatching(/^blogdom: canary: .*\bdev NS$/),
      expect.stringMatching(/^blogdom: canary: .*\b[a-z][a-z0-9]{23,39}\.dev A$/),
      expect.stringMatching(/^blogdom: canary: .*\b[a-z]{4}\.dev A$/),
    ];
    const common = expect.stringMatching(/^blogdom: canary: .*\bnic\.dev A$/);
    expect(rest).toEqual([...witness, common, ...witness]);
  });
});
