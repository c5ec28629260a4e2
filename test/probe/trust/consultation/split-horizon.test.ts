import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import {
  deny,
  denying,
  except,
  isAtOrBelow,
  isRandom,
  refuse,
  silent,
  truthful,
  wildcard,
  zone,
} from '../../../helpers/played-servers.js';

/** A server that knows one suffix, and nothing else. */
const internal = (root: PlayedServer): PlayedServer => {
  const known = truthful({ corp: { isDelegated: true }, 'host.corp': { A: ['192.0.2.9'] } });
  const others = except((name) => name === '', root, deny);
  return except((name) => isAtOrBelow(name, 'corp'), known, others);
};

describe.each<[string, PlayedServer]>([
  ['denies', deny],
  ['refuses', refuse],
])(
  'a server that knows a suffix of its own and %s the root, beside one that knows all others,',
  (_, root) => {
    it.each([
      ['first', false],
      ['second', true],
    ])('costs no answer if it is the %s one', async (_place, isReversed) => {
      const servers = [internal(root), truthful()];
      const names = ['live.dev', 'taken.dev', 'free.dev', 'host.corp', 'none.corp'];
      const { lines } = await play(isReversed ? servers.toReversed() : servers, names);
      expect(lines).toEqual(['  free.dev', '  none.corp', '+ host.corp', '+ live.dev', '~ taken.dev']);
    });
  },
);

describe.each(['internal', 'test'])('a server that knows .%s beside one that denies it', (suffix) => {
  const known = { [suffix]: { isDelegated: true }, [`host.${suffix}`]: { A: ['10.0.0.9'] } };
  const servers = [truthful(), truthful({ ...zone, ...known })];

  it.each([
    ['first', servers.toReversed()],
    ['second', servers],
  ])('is believed if it is the %s one, and the other one is not called a liar', async (_place, played) => {
    const { lines, notes } = await play(played, [`host.${suffix}`, 'live.dev', `none.${suffix}`]);
    expect(lines).toEqual([`  none.${suffix}`, `+ host.${suffix}`, '+ live.dev']);
    expect(notes).toEqual([]);
  });
});

describe('two servers that know the root', () => {
  it.each([
    ['a top-level domain', 'live.example', 'free.example', 'example', zone],
    [
      'a suffix of two labels',
      'live co.uk',
      'free co.uk',
      'co.uk',
      { uk: { isDelegated: true }, 'co.uk': { isDelegated: true }, 'live.co.uk': { A: ['192.0.2.1'] } },
    ],
  ] as const)(
    'make names unknown, and say so, if the one that is asked denies %s',
    async (_, live, free, suffix, truth) => {
      const servers = [denying(suffix, truthful(truth)), truthful(truth)];
      const { lines, notes } = await play(servers, [live, free]);
      const reason = `FIRST denies .${suffix}, which SECOND has`;
      expect(lines).toEqual([`? free.${suffix}  ${reason}`, `? live.${suffix}  ${reason}`]);
      expect(notes).toEqual([reason]);
    },
  );

  it('have no dispute about a suffix that IANA lists: the one that denies it is wrong', async () => {
    const { lines, notes } = await play([denying('dev'), truthful()], ['live.dev', 'free.dev', 'taken.dev']);
    expect(lines).toEqual(['  free.dev', '+ live.dev', '~ taken.dev']);
    expect(notes).toEqual(['FIRST denies .dev, which the others have; it will not be asked again']);
  });

  it('agree about other suffixes', async () => {
    const { lines } = await play([denying('example'), truthful()], ['live.dev', 'free.dev', 'live.example']);
    expect(lines.filter((line) => line.includes('.dev'))).toEqual(['  free.dev', '+ live.dev']);
  });

  it.each<[string, PlayedServer]>([
    ['answers for any name under it', wildcard('example')],
    ['does not say whether it answers for any name', except(isRandom, silent, truthful())],
  ])(
    'do not have a suffix reported as nonexistent if one denies it and the other has it but %s',
    async (_, other) => {
      const { lines, notes } = await play([denying('example'), other], ['live.example', 'free.example'], {
        tries: 2,
      });
      expect([...lines, ...notes].join('\n')).not.toContain('there is no');
      expect(lines).toHaveLength(2);
      expect(lines.filter((line) => !line.startsWith('?') && line !== '+ live.example')).toEqual([]);
    },
  );

  it('make a name unknown if one answers for any name under a suffix that the other one denies', async () => {
    const servers = [wildcard('corp'), truthful()];
    const { lines } = await play(servers, ['x.corp']);
    expect(lines).toEqual(['? x.corp  SECOND denies .corp, which FIRST has']);
  });
});
