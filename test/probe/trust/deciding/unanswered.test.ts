import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import {
  except,
  fail,
  isRandom,
  refuse,
  silent,
  truthful,
  wildcard,
  zone,
} from '../../../helpers/played-servers.js';

const failures: readonly (readonly [string, PlayedServer, string])[] = [
  ['silence', silent, 'no reply from FIRST'],
  ['a refusal', refuse, 'REFUSED from FIRST'],
  ['a failure', fail, 'SERVFAIL from FIRST'],
];

const isSuffix = (name: string) => name === 'example';
const names = ['live.example', 'empty.example', 'free.example'];

/** Asks for live, taken and absent names; the queries for the names that match fail. */
const run = (fails: (name: string) => boolean, failure: PlayedServer) =>
  play([except(fails, failure, truthful({ ...zone, 'empty.example': {} }))], names, { tries: 2 });

describe.each(failures)('%s in answer to', (_failure, failure, why) => {
  it('the canary for the suffix makes no name unknown if its zone denies the random name', async () => {
    const { lines, notes } = await run(isSuffix, failure);
    expect(lines).toEqual(['  free.example', '+ live.example', '~ empty.example']);
    expect(notes).toEqual([]);
  });

  it('the canary for the suffix makes no name unknown if a name below it is answered', async () => {
    const withoutSoa: PlayedServer = (query) => ({ ...truthful()(query), zone: undefined });
    const { lines } = await play([except(isSuffix, failure, withoutSoa)], names, { tries: 2 });
    expect(lines).toEqual(['  empty.example', '  free.example', '+ live.example']);
  });

  it('the canary for the suffix makes absent names unknown if nothing else proves the suffix', async () => {
    const withoutSoa: PlayedServer = (query) => ({ ...truthful()(query), zone: undefined });
    const { lines, notes } = await play([except(isSuffix, failure, withoutSoa)], ['free.example'], {
      tries: 2,
    });
    expect(lines).toEqual([
      expect.stringMatching(`^\\? free\\.example {2}cannot tell whether \\.example exists: ${why}`),
    ]);
    expect(notes).toEqual([]);
  });

  it('the canary for the random name makes live and taken names unknown, and no others', async () => {
    const { lines, notes } = await run(isRandom, failure);
    const reason = `cannot tell whether FIRST answers for nonexistent names: ${why}`;
    expect(lines).toEqual([
      '  free.example',
      expect.stringContaining(`? empty.example  ${reason}`),
      expect.stringContaining(`? live.example  ${reason}`),
    ]);
    expect(notes).toEqual([]);
  });

  it('both canaries makes every name unknown, unless a name below the suffix is answered', async () => {
    const fails = except((name) => isSuffix(name) || isRandom(name), failure, truthful());
    const marksOf = async (...asked: readonly string[]) =>
      (await play([fails], asked, { tries: 2 })).lines.map((line) => line.slice(0, 2));
    expect(await marksOf('free.example')).toEqual(['? ']);
    expect(await marksOf('live.example')).toEqual(['? ']);
    expect(await marksOf('free.example', 'live.example')).toEqual(['  ', '? ']);
  });
});

it('a canary without an answer says nothing about other suffixes', async () => {
  const fails = (name: string) => name === 'example' || (isRandom(name) && name.endsWith('.example'));
  const server = except(fails, refuse, truthful());
  const { lines } = await play([server], ['live.dev', 'free.dev', 'live.example']);
  const reason = 'cannot tell whether FIRST answers for nonexistent names: REFUSED from FIRST';
  expect(lines).toEqual(['  free.dev', '+ live.dev', `? live.example  ${reason}`]);
});

it('a server that answers no canaries says nothing about other servers', async () => {
  const uninformative = except((name) => name === 'dev' || isRandom(name), silent, refuse);
  const { lines, notes } = await play([uninformative, truthful()], ['live.dev', 'taken.dev', 'free.dev']);
  expect(lines).toEqual(['  free.dev', '+ live.dev', '~ taken.dev']);
  expect(notes).toEqual([]);
});

it('a name is asked for elsewhere if the canaries of its server have no answer', async () => {
  const uninformative = except((name) => name === 'dev' || isRandom(name), silent, truthful());
  const { results } = await play([uninformative, truthful()], ['live.dev']);
  expect(results).toMatchObject([{ status: 'live', server: 'udp://192.0.2.2:53' }]);
});

it('a made-up name is unknown rather than absent if its suffix may not exist', async () => {
  const server = except(isSuffix, refuse, wildcard('example'));
  const { lines } = await play([server], ['live.example', 'free.example'], { tries: 2 });
  expect(lines).toEqual([
    '+ live.example',
    '? free.example  cannot tell whether .example exists: REFUSED from FIRST',
  ]);
});
