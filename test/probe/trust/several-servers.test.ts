import { describe, expect, it } from 'vitest';
import { type ProbeResult, probeAll } from '../../../src/index.js';
import { serve } from '../../helpers/command.js';
import { isRandom } from '../../helpers/honest.js';
import { type Behaviour, deny, silent } from '../../helpers/name-server.js';
import {
  ask,
  denying,
  except,
  forType,
  lying,
  madeUp,
  nameServers,
  truthful,
  wildcard,
} from '../../helpers/network.js';

const words = ['live', 'taken', 'free', 'or', 'if', 'in'];
const trueLines = ['  free.dev', '  if.dev', '  in.dev', '  or.dev', '+ live.dev', '~ taken.dev'];

/** Servers that an honest server next to them exposes. */
const liars: readonly (readonly [string, Behaviour, RegExp])[] = [
  ['makes up addresses', lying(), /^blogdom: FIRST .*\.dev\b/],
  [
    'makes up name servers as well',
    wildcard('dev', forType('NS', nameServers, madeUp)),
    /^blogdom: FIRST .*\.dev\b/,
  ],
  ['denies everything', () => deny, /^blogdom: FIRST .*\.dev\b.*\broot\b/],
];

describe.concurrent.each(liars)('a server that %s, next to an honest one,', (_lie, behaviour, note) => {
  it('costs no answer and makes none wrong', async () => {
    const servers = [await serve(behaviour), await serve(truthful())];
    const { lines, notes, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it('makes no answer wrong if it is the second server', async () => {
    const servers = [await serve(truthful()), await serve(behaviour)];
    const { lines, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
  });

  it.each([
    ['for other names', ['live.dev', 'or.dev']],
    ['for names under another suffix', ['live.example', 'or.example']],
  ])('is not asked again %s', async (_which, others) => {
    const [liar, other] = [await serve(behaviour), await serve(truthful())];
    const results = probeAll(['free.dev', ...others], {
      servers: [liar.address, other.address],
      concurrency: 1,
    });
    await results.next();
    const asked = liar.queries.length;
    const rest: ProbeResult[] = [];
    for await (const result of results) rest.push(result);
    expect(rest.map(({ name, status, server }) => [name, status, server])).toEqual([
      [others[0], 'live', `udp://${other.address}`],
      [others[1], 'absent', `udp://${other.address}`],
    ]);
    expect(liar.queries.slice(asked).map(({ name }) => name)).toEqual([]);
  });
});

describe.concurrent('three servers', () => {
  it('give true answers if one of them is honest', async () => {
    const servers = [await serve(lying()), await serve(() => deny), await serve(truthful())];
    const { lines, notes, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
    expect(new Set(notes).size).toBe(notes.length);
  });
});

describe.concurrent('two servers', () => {
  it('that both make up addresses give true answers, because name servers decide', async () => {
    const servers = [await serve(lying()), await serve(lying())];
    const { lines, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
  });

  it('that are both cut off make every name unknown and are reported', async () => {
    const servers = [await serve(() => deny), await serve(() => deny)];
    const { lines, notes, status } = await ask(servers, 'live', 'free');
    expect(lines).toEqual(
      ['free', 'live'].map((word) =>
        expect.stringMatching(
          `^\\? ${word}\\.dev {2}cut off from the internet: (FIRST|SECOND) denies even \\.dev`,
        ),
      ),
    );
    expect(notes.join('\n')).toContain('cut off');
    expect(status).toBe(1);
  });

  it('that both answer for any name under a suffix both stay in use', async () => {
    const servers = [await serve(wildcard('dev')), await serve(wildcard('dev'))];
    const { lines, notes, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
    for (const note of notes) expect(note).toMatch(/(FIRST|SECOND) answers for any name under \.dev\b/);
  });

  it.each<[string, Behaviour]>([
    ['answers for any name under it', wildcard('dev')],
    ['does not say whether it answers for any name', except(isRandom, silent, truthful())],
  ])(
    'do not have a suffix reported as nonexistent if one denies it and the other has it but %s',
    async (_other, other) => {
      const servers = [await serve(denying('dev', truthful())), await serve(other)];
      const { lines, notes } = await ask(servers, '--timeout', '0.05', '--tries', '2', ...words);
      expect([...lines, ...notes].join('\n')).not.toContain('there is no');
      expect(lines.filter((line) => !line.startsWith('?') && !trueLines.includes(line))).toEqual([]);
      expect(lines).toHaveLength(words.length);
    },
  );

  it.each<[string, Behaviour]>([
    ['does not answer its canaries', except((name) => name === 'dev' || isRandom(name), silent, truthful())],
    ['is silent', () => silent],
  ])('give no wrong answer if one lies and the other %s', async (_other, other) => {
    const servers = [await serve(lying()), await serve(other)];
    const { lines } = await ask(servers, '--timeout', '0.05', '--tries', '2', ...words);
    const wrong = lines.filter((line) => !line.startsWith('?') && !trueLines.includes(line));
    expect(lines).toHaveLength(words.length);
    expect(wrong).toEqual([]);
  });

  it('make every name unknown if one is cut off and the other is silent', async () => {
    const servers = [await serve(() => deny), await serve(() => silent)];
    const { lines, status } = await ask(servers, '--timeout', '0.05', '--tries', '2', ...words);
    expect(lines.map((line) => line.slice(0, 2))).toEqual(words.map(() => '? '));
    expect(status).toBe(1);
  });
});
