import { describe, expect, it } from 'vitest';
import { serve } from '../../helpers/command.js';
import { isRandom } from '../../helpers/honest.js';
import type { Script } from '../../helpers/name-server/action.js';
import { fail, noData, refuse, silent, unreadable } from '../../helpers/name-server.js';
import { ask, except, truthful, wildcard, zone } from '../../helpers/network.js';

const failures: readonly (readonly [string, Script, string])[] = [
  ['silence', silent, 'no reply from FIRST in 2 tries'],
  ['a refusal', refuse, 'REFUSED from FIRST'],
  ['a failure', fail(), 'SERVFAIL from FIRST'],
  ['an unreadable reply', unreadable(), 'unreadable reply from FIRST'],
];

const twoTries = ['--timeout', '0.05', '--tries', '2'];

/** Asks for live, taken and absent names; the queries for the names that match fail. */
async function run(fails: (name: string) => boolean, failure: Script) {
  const server = await serve(except(fails, failure, truthful({ ...zone, 'empty.dev': noData })));
  return ask([server], ...twoTries, 'live', 'taken', 'empty', 'free');
}

const isSuffix = (name: string) => name === 'dev';

describe.concurrent.each(failures)('%s in answer to', (_failure, failure, reason) => {
  it('the canary for the suffix makes absent names unknown, and no others', async () => {
    const { lines, notes, status } = await run(isSuffix, failure);
    expect(lines).toEqual([
      '+ live.dev',
      expect.stringMatching(/^\? free\.dev {2}.*\.dev/),
      '~ empty.dev',
      '~ taken.dev',
    ]);
    expect(lines[1]).toContain(reason);
    expect({ notes, status }).toEqual({ notes: [], status: 1 });
  });

  it('the canary for the random label makes live and taken names unknown, and no others', async () => {
    const { lines, notes, status } = await run(isRandom, failure);
    expect(lines).toEqual([
      '  free.dev',
      expect.stringMatching(/^\? empty\.dev {2}./),
      expect.stringMatching(/^\? live\.dev {2}./),
      expect.stringMatching(/^\? taken\.dev {2}./),
    ]);
    for (const line of lines.slice(1)) expect(line).toContain(reason);
    expect({ notes, status }).toEqual({ notes: [], status: 1 });
  });

  it('both canaries makes every name unknown', async () => {
    const { lines, status } = await run((name) => isSuffix(name) || isRandom(name), failure);
    expect(lines.map((line) => line.slice(0, 2))).toEqual(['? ', '? ', '? ', '? ']);
    expect(status).toBe(1);
  });
});

it('a canary without an answer says nothing about other suffixes', async () => {
  const fails = (name: string) => name === 'example' || (isRandom(name) && name.endsWith('.example'));
  const server = await serve(except(fails, refuse, truthful()));
  const { lines, status } = await ask([server], ...twoTries, 'live', 'free', '-t', 'dev,example');
  expect(lines).toEqual([
    '  free.dev',
    '+ live.dev',
    expect.stringMatching(/^\? free\.example {2}.*REFUSED from FIRST/),
    expect.stringMatching(/^\? live\.example {2}.*REFUSED from FIRST/),
  ]);
  expect(status).toBe(1);
});

it('a server that answers no canaries says nothing about other servers', async () => {
  const uninformative = except(
    (name) => name === 'dev' || isRandom(name),
    silent,
    () => refuse,
  );
  const servers = [await serve(uninformative), await serve(zone)];
  expect(await ask(servers, '--timeout', '0.05', 'live', 'taken', 'free')).toEqual({
    lines: ['  free.dev', '+ live.dev', '~ taken.dev'],
    notes: [],
    status: 0,
  });
});

it('a made-up name is unknown rather than absent if its suffix may not exist', async () => {
  const server = await serve(except(isSuffix, refuse, wildcard('dev')));
  const { lines, status } = await ask([server], ...twoTries, 'live', 'free');
  expect(lines).toEqual(['+ live.dev', expect.stringMatching(/^\? free\.dev {2}.*REFUSED from FIRST/)]);
  expect(status).toBe(1);
});
