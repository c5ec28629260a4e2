import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import {
  deny,
  except,
  forType,
  isRandom,
  lying,
  madeUp,
  nameServers,
  refuse,
  silent,
  truthful,
  wildcard,
} from '../../../helpers/played-servers.js';

const names = ['live.dev', 'taken.dev', 'free.dev', 'or.dev', 'if.dev', 'in.dev'];
const trueLines = ['  free.dev', '  if.dev', '  in.dev', '  or.dev', '+ live.dev', '~ taken.dev'];

/** Servers that an honest server next to them exposes. */
const liars: readonly (readonly [string, PlayedServer, string])[] = [
  ['makes up addresses', lying(), 'answers for names under .dev that do not exist'],
  [
    'makes up name servers as well',
    wildcard('dev', forType('NS', nameServers, madeUp)),
    'answers for names under .dev that do not exist',
  ],
  ['denies everything', deny, 'denies .dev and the root'],
  [
    'denies everything, and refuses to say whether it knows the root,',
    except((name) => name === '', refuse, deny),
    'denies .dev, which the others have',
  ],
];

describe.each(liars)('a server that %s next to an honest one', (_lie, liar, lie) => {
  it('costs no answer, makes none wrong, and is reported once', async () => {
    const { lines, notes } = await play([liar, truthful()], names);
    expect(lines).toEqual(trueLines);
    expect(notes).toEqual([`FIRST ${lie}; it will not be asked again`]);
  });

  it('is not asked for names if it is the second server', async () => {
    const { lines, notes, queries } = await play([truthful(), liar], names);
    expect(lines).toEqual(trueLines);
    expect(notes).toEqual([`SECOND ${lie}; it will not be asked again`]);
    expect(queries[1]?.filter(({ name }) => names.includes(name))).toEqual([]);
  });

  it('is a liar in the report', async () => {
    const { reports } = await play([liar, truthful()], names);
    expect(reports.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['lies', lie],
      ['good', undefined],
    ]);
  });

  it.each([
    ['for other names', ['live.dev', 'or.dev']],
    ['for names under another suffix', ['live.example', 'or.example']],
  ])('is not asked again %s', async (_, others) => {
    const { results, queries } = await play([liar, truthful()], ['free.dev', ...others], { concurrency: 1 });
    expect(results.map(({ name, status, server }) => [name, status, server])).toEqual([
      ['free.dev', 'absent', 'udp://192.0.2.2:53'],
      [others[0], 'live', 'udp://192.0.2.2:53'],
      [others[1], 'absent', 'udp://192.0.2.2:53'],
    ]);
    expect(queries[0]?.filter(({ name }) => others.includes(name))).toEqual([]);
  });
});

describe('three servers', () => {
  it('give true answers if one of them is honest', async () => {
    const { lines, notes } = await play([lying(), deny, truthful()], names);
    expect(lines).toEqual(trueLines);
    expect(new Set(notes).size).toBe(notes.length);
  });
});

describe('two servers', () => {
  it('that both make up addresses give true answers, because name servers decide', async () => {
    expect((await play([lying(), lying()], names)).lines).toEqual(trueLines);
  });

  it('that are both cut off make every name unknown, and are reported', async () => {
    const { lines, notes } = await play([deny, deny], ['live.dev', 'free.dev']);
    const reason = 'cut off from the internet: FIRST denies even the root';
    expect(lines).toEqual([`? free.dev  ${reason}`, `? live.dev  ${reason}`]);
    expect(notes).toEqual([reason]);
  });

  it('that both answer for any name under a suffix both stay in use', async () => {
    const { lines, notes } = await play([wildcard('dev'), wildcard('dev')], names);
    expect(lines).toEqual(
      trueLines.map((line) => (line.startsWith(' ') ? `${line}  any name under .dev is answered` : line)),
    );
    expect(notes).toEqual([
      'FIRST answers for any name under .dev, so each name is compared with made-up ones',
    ]);
  });

  it.each<[string, PlayedServer]>([
    ['does not answer its canaries', except((name) => name === 'dev' || isRandom(name), silent, truthful())],
    ['is silent', silent],
  ])('give no wrong answer if one lies and the other %s', async (_, other) => {
    const { lines } = await play([lying(), other], names, { tries: 2 });
    expect(lines).toHaveLength(names.length);
    expect(lines.filter((line) => !line.startsWith('?') && !trueLines.includes(line))).toEqual([]);
  });

  it('make every name unknown if one is cut off and the other is silent', async () => {
    const { lines } = await play([deny, silent], names, { tries: 2 });
    expect(lines.map((line) => line.slice(0, 2))).toEqual(names.map(() => '? '));
  });

  it('are not both needed: one that does not answer holds denials up for half a second', async () => {
    const { lines, results, queries, time } = await play([truthful(), silent], names);
    expect(lines).toEqual(trueLines);
    expect(results.findIndex(({ name }) => name === 'live.dev')).toBeLessThan(2);
    expect(queries[1]?.filter(({ name }) => names.includes(name))).toEqual([]);
    expect(time).toBeLessThan(600);
  });
});
