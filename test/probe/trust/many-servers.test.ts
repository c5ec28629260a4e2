import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blogdom } from '../../helpers/command.js';
import * as act from '../../helpers/name-server.js';
import { lying, truthful } from '../../helpers/network.js';
import { nobody, serve } from '../../helpers/serve.js';

const words = Array.from({ length: 400 }, (_, index) => `w${index}`);
const isLive = (word: string) => Number(word.slice(1)) % 3 === 0;

const zone: act.Zone = Object.fromEntries([
  ['dev', {}],
  ...words.filter(isLive).map((word) => [`${word}.dev`, { A: ['192.0.2.1'], NS: [`ns.${word}.dev`] }]),
]);

/** Servers that are of no use, in different ways. */
const useless: readonly act.Behaviour[] = [
  () => act.refuse,
  () => act.fail(),
  () => act.silent,
  () => act.deny,
  (query) => (query.name === '.' ? truthful(zone)(query) : act.deny),
  lying(zone),
];

let folder: string;
let list: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blogdom-many-'));
  list = join(folder, 'servers');
  const behaviours = [...useless, ...Array.from({ length: 15 }, () => truthful(zone))];
  const servers = await Promise.all(behaviours.map((behaviour) => serve(behaviour)));
  const lines = [...servers, await nobody()].map(({ address }) => `${address}\n`);
  await writeFile(list, `# some servers\n${lines.join('')}not a server\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const expected = words.map((word) => `${isLive(word) ? '+' : ' '} ${word}.dev`).toSorted();

describe('a list of 22 servers, seven of which are of no use,', () => {
  it('has the true answer for each name, few notes, and a report that can be the next list', async () => {
    const report = join(folder, 'report.json');
    const args = ['--server-file', list, '--server-report', report, '--timeout', '2', '-'];
    const { stdout, stderr, status } = await blogdom(args, { input: words.join('\n') });
    expect(stdout.trimEnd().split('\n').toSorted()).toEqual(expected);
    expect(status).toBe(0);
    const notes = stderr.trimEnd().split('\n');
    expect(notes.slice(0, 2)).toEqual([
      expect.stringMatching(/, line 24: expected a name server, got "not a server"$/),
      expect.stringMatching(/: the run goes on with its 22 servers$/),
    ]);
    expect(notes[2]).toMatch(/^blogdom: [3-7] of 22 servers are not used: .*lie$/);
    expect(notes).toHaveLength(3);

    const lines = (await readFile(report, 'utf8')).trimEnd().split('\n');
    const verdicts = lines.map((line) => JSON.parse(line).verdict);
    expect(verdicts).toHaveLength(22);
    expect(verdicts.slice(6, 21).every((verdict) => verdict === 'good' || verdict === 'unused')).toBe(true);
    expect(verdicts.slice(4, 6)).toEqual(['lies', 'lies']);
    const next = await blogdom(['--server-file', report, '-'], { input: words.join('\n') });
    expect(next.stdout.trimEnd().split('\n').toSorted()).toEqual(expected);
    expect(next.stderr).toBe('');
  });

  it('lists those that are of no use with -v', async () => {
    const { stderr } = await blogdom(['--server-file', list, '--timeout', '2', '-v', '-'], {
      input: words.join('\n'),
    });
    expect(stderr).toMatch(
      /^blogdom: 127\.0\.0\.1:\d+: lies: answers for names under \.dev that do not exist$/m,
    );
  });
});
