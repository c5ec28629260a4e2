import { describe, expect, it } from 'vitest';
import { type ProbeResult, probeAll } from '../../../src/index.js';
import { serve } from '../../helpers/command.js';
import { type Behaviour, deny, silent } from '../../helpers/name-server.js';
import {
  ask,
  denying,
  except,
  forType,
  honest,
  isRandom,
  lying,
  madeUp,
  nameServers,
  wildcard,
} from './network.js';

const words = ['live', 'taken', 'free', 'or', 'if', 'in'];
const trueLines = ['  free.dev', '  if.dev', '  in.dev', '  or.dev', '+ live.dev', '~ taken.dev'];

/** Servers that are shown to lie where an honest one stands beside them. */
const liars: readonly (readonly [string, Behaviour, RegExp])[] = [
  ['makes up addresses', lying(), /^blogdom: FIRST .*\.dev\b/],
  [
    'makes up name servers as well',
    wildcard('dev', forType('NS', nameServers, madeUp)),
    /^blogdom: FIRST .*\.dev\b/,
  ],
  ['denies everything', () => deny, /^blogdom: FIRST .*\.dev\b.*\broot\b/],
  ['denies a suffix that exists', denying('dev', honest()), /^blogdom: FIRST .*\.dev\b/],
];

describe.concurrent.each(liars)('of two servers, one that %s', (_what, behaviour, note) => {
  it('costs no answer and makes none wrong: the other one is asked', async () => {
    const servers = [await serve(behaviour), await serve(honest())];
    const { lines, notes, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it('and stands second makes no answer wrong', async () => {
    const servers = [await serve(honest()), await serve(behaviour)];
    const { lines, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
  });

  it.each([
    ['about other names', ['live.dev', 'or.dev']],
    ['about another suffix', ['live.example', 'or.example']],
  ])('is not asked again %s', async (_about, others) => {
    const [liar, other] = [await serve(behaviour), await serve(honest())];
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

describe.concurrent('of three servers', () => {
  it('the one that is honest is found', async () => {
    const servers = [await serve(lying()), await serve(() => deny), await serve(honest())];
    const { lines, notes, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
    expect(new Set(notes).size).toBe(notes.length);
  });
});

describe.concurrent('of two servers', () => {
  it('that both make up addresses, name servers decide', async () => {
    const servers = [await serve(lying()), await serve(lying())];
    const { lines, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
  });

  it('that are both cut off, neither is believed, and the reason says so', async () => {
    const servers = [await serve(() => deny), await serve(() => deny)];
    const { lines, notes, status } = await ask(servers, 'live', 'free');
    expect(lines).toEqual(
      ['free', 'live'].map((word) =>
        expect.stringMatching(
          `^\\? ${word}\\.dev {2}(FIRST|SECOND) denies even \\.dev and the root: it is cut off`,
        ),
      ),
    );
    expect(notes.join('\n')).toContain('cut off');
    expect(status).toBe(1);
  });

  it('that are both honest about a suffix that answers for any name, neither is given up', async () => {
    const servers = [await serve(wildcard('dev')), await serve(wildcard('dev'))];
    const { lines, notes, status } = await ask(servers, ...words);
    expect({ lines, status }).toEqual({ lines: trueLines, status: 0 });
    expect(notes.join('\n')).not.toContain('no more');
  });

  it.each<[string, Behaviour]>([
    ['answers for any name under it', wildcard('dev')],
    ['does not say whether it answers for any name', except(isRandom, silent, honest())],
  ])(
    'of which one denies a suffix, and the other one has it and %s, nobody says that it does not exist',
    async (_what, other) => {
      const servers = [await serve(denying('dev', honest())), await serve(other)];
      const { lines, notes } = await ask(servers, '--timeout', '0.1', '--tries', '2', ...words);
      expect([...lines, ...notes].join('\n')).not.toContain('there is no');
      expect(lines.filter((line) => !line.startsWith('?') && !trueLines.includes(line))).toEqual([]);
      expect(lines).toHaveLength(words.length);
    },
  );

  it.each<[string, Behaviour]>([
    ['does not answer its canaries', except((name) => name === 'dev' || isRandom(name), silent, honest())],
    ['is silent', () => silent],
  ])('of which one lies and the other %s, no answer is wrong', async (_what, other) => {
    const servers = [await serve(lying()), await serve(other)];
    const { lines } = await ask(servers, '--timeout', '0.1', '--tries', '2', ...words);
    const wrong = lines.filter((line) => !line.startsWith('?') && !trueLines.includes(line));
    expect(lines).toHaveLength(words.length);
    expect(wrong).toEqual([]);
  });

  it('of which one is cut off and the other is silent, every name is unknown', async () => {
    const servers = [await serve(() => deny), await serve(() => silent)];
    const { lines, status } = await ask(servers, '--timeout', '0.1', '--tries', '2', ...words);
    expect(lines.map((line) => line.slice(0, 2))).toEqual(words.map(() => '? '));
    expect(status).toBe(1);
  });
});
