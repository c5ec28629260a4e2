import { describe, expect, it } from 'vitest';
import { serve } from '../../helpers/command.js';
import type { Script } from '../../helpers/name-server/action.js';
import { fail, noData, refuse, silent, unreadable } from '../../helpers/name-server.js';
import { ask, except, honest, isRandom, wildcard, zone } from './network.js';

const failures: readonly (readonly [string, Script, string])[] = [
  ['silence', silent, 'no reply from FIRST in 2 tries'],
  ['a refusal', refuse, 'REFUSED from FIRST'],
  ['a failure', fail(), 'SERVFAIL from FIRST'],
  ['rubbish', unreadable(), 'unreadable reply from FIRST'],
];

/** A run on a live, a taken and a free name, where the queries for some names fail. */
async function run(isLost: (name: string) => boolean, failure: Script) {
  const server = await serve(except(isLost, failure, honest({ ...zone, 'empty.dev': noData })));
  return ask([server], '--timeout', '0.1', '--tries', '2', 'live', 'taken', 'empty', 'free');
}

const isSuffix = (name: string) => name === 'dev';

describe.concurrent.each(failures)('where a canary gets %s', (_what, failure, reason) => {
  it('and that is the suffix, what would be absent is unknown, and what is there is not', async () => {
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

  it('and that is the random label, what would be live or taken is unknown, and absent stays', async () => {
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

  it('and both do, every name is unknown', async () => {
    const { lines, status } = await run((name) => isSuffix(name) || isRandom(name), failure);
    expect(lines.map((line) => line.slice(0, 2))).toEqual(['? ', '? ', '? ', '? ']);
    expect(status).toBe(1);
  });
});

it('a canary without an answer under one suffix says nothing about another one', async () => {
  const isLost = (name: string) => name === 'example' || (isRandom(name) && name.endsWith('.example'));
  const server = await serve(except(isLost, refuse, honest()));
  const { lines, status } = await ask([server], 'live', 'free', '-t', 'dev,example');
  expect(lines).toEqual([
    '  free.dev',
    '+ live.dev',
    expect.stringMatching(/^\? free\.example {2}.*REFUSED from FIRST/),
    expect.stringMatching(/^\? live\.example {2}.*REFUSED from FIRST/),
  ]);
  expect(status).toBe(1);
});

it('a server that tells nothing of itself is no reason to doubt another one', async () => {
  const mute = except(
    (name) => name === 'dev' || isRandom(name),
    silent,
    () => refuse,
  );
  const servers = [await serve(mute), await serve(zone)];
  expect(await ask(servers, '--timeout', '0.1', 'live', 'taken', 'free')).toEqual({
    lines: ['  free.dev', '+ live.dev', '~ taken.dev'],
    notes: [],
    status: 0,
  });
});

it('a made-up name is unknown, not absent, where its suffix may not exist', async () => {
  const server = await serve(except(isSuffix, refuse, wildcard('dev')));
  const { lines, status } = await ask([server], 'live', 'free');
  expect(lines).toEqual(['+ live.dev', expect.stringMatching(/^\? free\.dev {2}.*REFUSED from FIRST/)]);
  expect(status).toBe(1);
});
