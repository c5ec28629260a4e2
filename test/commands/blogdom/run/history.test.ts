import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { afterFile } from '../../../helpers/closing.js';
import { blogdom, serve, sortedLines } from '../../../helpers/command.js';
import * as act from '../../../helpers/name-server.js';
import { makeFolder } from '../../../helpers/system/folder.js';
import { lineOf } from '../../../history/results.js';

const zone = { 'live.dev': { A: ['192.0.2.1'] }, 'taken.dev': act.noData, 'refused.dev': act.refuse };

let server: act.NameServer;
beforeAll(async () => {
  server = await serve(zone);
});

/** Makes a file with a text in a folder of its own; returns its path. */
async function fileOf(text: string): Promise<string> {
  const folder = await makeFolder({ 'run.json': text });
  afterFile(folder.remove);
  return join(folder.path, 'run.json');
}

const ask = (args: readonly string[], at = server, input = '') =>
  blogdom(['-s', at.address, '--tries', '2', ...args], { input });

const changed = lineOf('live.dev', 'absent') + lineOf('free.dev', 'absent') + lineOf('taken.dev', 'unknown');
const words = ['live', 'taken', 'free', 'new'];

/** The names and statuses in a file of results, sorted; each of its lines has to be whole. */
const resultsIn = async (path: string): Promise<string[]> =>
  (await readFile(path, 'utf8'))
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ name, status }) => `${name} ${status}`)
    .toSorted();

/** The names, statuses and last known statuses in a file of results, sorted. */
const lastKnownIn = async (path: string): Promise<string[]> =>
  sortedLines(await readFile(path, 'utf8'))
    .map((line) => JSON.parse(line))
    .map(({ name, status, lastKnown }) => `${name} ${status} ${lastKnown}`)
    .toSorted();

describe.concurrent('blogdom --since', () => {
  it('prints only changes, and names that the file does not have', async () => {
    const ended = await ask(['--since', await fileOf(changed), ...words]);
    expect(sortedLines(ended.stdout)).toEqual([
      '  new.dev',
      '+ live.dev  absent -> live',
      '~ taken.dev  unknown -> taken',
    ]);
    expect(ended).toMatchObject({ stderr: '', status: 0 });
  });

  it.each([
    ['json', [/^{"name":"live.dev","word":"live","tld":"dev","status":"live","was":"absent","addresses":/]],
    ['csv', [/^name,word,tld,status,was,reason,.*$/, /^live.dev,live,dev,live,absent,,192.0.2.1,/]],
    ['names', [/^live.dev$/]],
    ['grid', [/^ +dev$/, /^live +\+$/, /^$/, /live/, /^$/, /live.dev/]],
  ])('prints them in the format %s', async (format, lines) => {
    const { stdout } = await ask(['--since', await fileOf(changed), '-o', format, 'live', 'free']);
    expect(stdout.trimEnd().split('\n')).toEqual(lines.map((line) => expect.stringMatching(line)));
  });

  it('prints changes to the statuses of --only', async () => {
    const args = ['--since', await fileOf(changed), '--only', 'taken', ...words];
    expect((await ask(args)).stdout).toBe('~ taken.dev  unknown -> taken\n');
  });

  it('ends with status 1 for an unknown name, changed or not', async () => {
    const { stdout, status } = await ask([
      '--since',
      await fileOf(lineOf('refused.dev', 'unknown')),
      'refused',
    ]);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it('compares with the last line of a name, and passes over a last line that is cut', async () => {
    const file = `${lineOf('live.dev', 'absent')}${lineOf('live.dev', 'live')}{"name":"free.dev"`;
    expect((await ask(['--since', await fileOf(file), 'live', 'free'])).stdout).toBe('  free.dev\n');
  });

  it('passes over lines that are not results, and tells it once', async () => {
    const path = await fileOf(`${changed}live.dev\n${lineOf('new.dev', 'absent').slice(3)}${changed}`);
    expect(await ask(['--since', path, 'live', 'free'])).toEqual({
      stdout: '+ live.dev  absent -> live\n',
      stderr: `blogdom: 2 lines of "${path}" are not results, and are skipped; the first one is line 4\n`,
      status: 0,
    });
  });

  it('ends with status 2 before it probes anything if the file is not one of results', async () => {
    const unused = await serve(zone);
    const path = await fileOf('\n\n\nlive.dev\n');
    const { stdout, stderr, status } = await ask(['--since', path, '-o', 'csv', 'live'], unused);
    expect(stderr).toMatch(
      /^blogdom: expected a file of results .*, got ".*run.json": line 4 is not a result\n$/,
    );
    expect({ stdout, status, queries: unused.queries }).toEqual({ stdout: '', status: 2, queries: [] });
  });
});

describe.concurrent('a nightly job with --since and --resume', () => {
  it('prints a change once, whatever nights without an answer come between', async () => {
    const folder = await fileOf('').then((path) => dirname(path));
    const night = async (number: number, zone: act.Zone) => {
      const files = ['--since', join(folder, `n${number - 1}`), '--resume', join(folder, `n${number}`)];
      return ask([...files, 'live', 'free'], await serve(zone));
    };
    const outage: act.Zone = { 'live.dev': act.refuse, 'free.dev': act.refuse, dev: act.refuse };
    const first = await night(1, zone);
    expect(sortedLines(first.stdout)).toEqual(['  free.dev', '+ live.dev']);
    expect(first.stderr).toMatch(/^blogdom: there are no earlier results in ".*n0" yet: .*\n$/);
    for (const number of [2, 3]) {
      const { stdout, stderr, status } = await night(number, outage);
      expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
      expect(stderr).toMatch(
        /^blogdom: 2 names have no answer this time, which is no change; (live|free).dev: .+\n$/,
      );
      expect(await lastKnownIn(join(folder, `n${number}`))).toEqual([
        'free.dev unknown absent',
        'live.dev unknown live',
      ]);
    }
    // The same night again: what is unknown is asked again.
    const again = await night(3, { ...zone, 'free.dev': { A: ['192.0.2.2'] } });
    expect(again).toEqual({ stdout: '+ free.dev  absent -> live\n', stderr: '', status: 0 });
    expect(await night(4, { ...zone, 'free.dev': { A: ['192.0.2.2'] } })).toMatchObject({ stdout: '' });
  });

  it('keeps what was last known if the night is resumed without the earlier one', async () => {
    const line = lineOf('refused.dev', 'unknown').replace('}', ',"lastKnown":"taken"}');
    const path = await fileOf(line);
    expect((await ask(['--resume', path, 'refused'])).status).toBe(1);
    expect(await lastKnownIn(path)).toEqual(['refused.dev unknown taken']);
  });
});

describe.concurrent('blogdom --resume', () => {
  it('asks only for names without an answer, and prints only them', async () => {
    const path = await fileOf(changed);
    const asked = await serve(zone);
    const ended = await ask(['--resume', path, ...words], asked);
    expect(sortedLines(ended.stdout)).toEqual(['  new.dev', '~ taken.dev']);
    expect(ended).toMatchObject({ stderr: '', status: 0 });
    const names = new Set(asked.queries.map(({ name }) => name));
    expect(words.filter((word) => names.has(`${word}.dev`))).toEqual(['taken', 'new']);
    expect(await resultsIn(path)).toEqual([
      'free.dev absent',
      'live.dev absent',
      'new.dev absent',
      'taken.dev taken',
    ]);
  });

  it('adds results of every status, as JSON, whatever is printed', async () => {
    const path = `${await fileOf('')}.new`;
    const { stdout } = await ask(['--resume', path, '-o', 'names', '--only', 'live', ...words, 'refused']);
    expect(stdout).toBe('live.dev\n');
    expect(await resultsIn(path)).toEqual([
      'free.dev absent',
      'live.dev live',
      'new.dev absent',
      'refused.dev unknown',
      'taken.dev taken',
    ]);
    const again = await ask(['--resume', path, ...words, 'refused']);
    expect(again.stdout).toMatch(/^\? refused.dev {2}REFUSED from .*\n$/);
    expect(await resultsIn(path)).toHaveLength(5);
  });

  it('shows the earlier results of its names in a picture', async () => {
    const path = await fileOf(changed);
    const { stdout } = await ask(['--resume', path, '-o', 'grid', 'live', 'new']);
    expect(stdout.split('\n').slice(0, 3)).toEqual(['      dev', 'live  -', 'new   -']);
  });

  it('prints changes together with --since, of the same file as well', async () => {
    const path = await fileOf(changed);
    const { stdout } = await ask(['--since', path, '--resume', path, ...words]);
    expect(sortedLines(stdout)).toEqual(['  new.dev', '~ taken.dev  unknown -> taken']);
  });

  it('ends with status 2 before it probes anything if the file is not one of results', async () => {
    const unused = await serve(zone);
    const path = await fileOf('live.dev\n');
    const { stdout, stderr, status } = await ask(['--resume', path, 'live'], unused);
    expect(stderr).toMatch(
      /^blogdom: expected a file of results .*, got ".*run.json": line 1 is not a result\n$/,
    );
    expect({ stdout, status, queries: unused.queries }).toEqual({ stdout: '', status: 2, queries: [] });
    expect(await readFile(path, 'utf8')).toBe('live.dev\n');
  });

  it('asks for a name once, even if more than 100,000 others come between', async () => {
    const lines = Array.from({ length: 100_001 }, (_, index) => `n${index}`);
    const known = lines.slice(1).map((word) => lineOf(`${word}.dev`, 'absent'));
    const { stdout } = await ask(
      ['--resume', await fileOf(known.join('')), '-'],
      server,
      [...lines, 'n0'].join('\n'),
    );
    expect(stdout).toBe('  n0.dev\n');
  });
});
