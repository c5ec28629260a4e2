import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import { except, forType, madeUp, truthful, type Zone } from '../../../helpers/played-servers.js';

const live = { A: ['192.0.2.1'], isDelegated: true };
const truth: Zone = {
  '': { isDelegated: true },
  dev: { isDelegated: true },
  'own.dev': live,
  'www.own.dev': live,
};
const honest = truthful(truth);
/** Makes up an address for names under .dev that it denies, if they look as it likes. */
const redirecting = (isLiked: (label: string, name: string) => boolean): PlayedServer =>
  except(
    (name) => name.endsWith('.dev') && !(name in truth) && isLiked(name.slice(0, name.indexOf('.')), name),
    forType('A', madeUp, honest),
    honest,
  );

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const words = letters.slice(0, 20).map((letter) => `${letter}xq`);
const denied = (list: readonly string[]) => list.map((name) => `  ${name}`);

describe('a resolver that makes up addresses', () => {
  it.each<[string, (label: string, name: string) => boolean]>([
    ['for names that begin with a letter', (label) => !/^\d/.test(label)],
    ['for short labels', (label) => label.length < 16],
  ])('%s makes no free name live', async (_, isLiked) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { lines } = await play(
        [redirecting(isLiked)],
        [...words.map((word) => `${word}.dev`), 'own.dev'],
        { seed },
      );
      expect(lines).toEqual([...denied(words.map((word) => `${word}.dev`)), '+ own.dev']);
    }
  });

  it('for names that begin with www makes no free name live', async () => {
    const names = words.map((word) => `www.${word}.dev`);
    const { lines } = await play([redirecting((label) => label === 'www')], [...names, 'www.own.dev']);
    expect(lines.filter((line) => line.startsWith('+'))).toEqual(['+ www.own.dev']);
  });
});

/** Every name that it makes up has an address, and no record of another type. */
const noDataOtherwise = forType('A', madeUp, () => ({ zone: 'dev' }));
/** Every name that it makes up is a zone of its own. */
const withNameServers = forType('NS', () => ({ nameServers: true }), madeUp);

describe.each<[string, PlayedServer, (label: string) => boolean]>([
  ['for short labels, and denies no other type', noDataOtherwise, (label) => label.length < 16],
  ['for labels without a digit, and denies no other type', noDataOtherwise, (label) => !/\d/.test(label)],
  ['for labels of three letters alone', noDataOtherwise, (label) => label.length === 3],
  ['for labels with a hyphen alone', noDataOtherwise, (label) => label.includes('-')],
  [
    'for labels of up to ten letters, with name servers',
    withNameServers,
    (label) => label.length > 5 && label.length <= 10,
  ],
])('a resolver that makes up addresses %s', (_, made, isLiked) => {
  const free = ['abc', 'sixsix', 'x4y', 'my-shop', 'web2', 'apple', 'sevens7'].map((word) => `${word}.dev`);
  const liar = except(
    (name) => name.endsWith('.dev') && !(name in truth) && isLiked(name.slice(0, name.indexOf('.'))),
    made,
    honest,
  );

  it.each([
    ['alone', [liar]],
    ['before an honest one', [liar, honest]],
    ['after an honest one', [honest, liar]],
  ])('makes no free name live %s', async (_place, servers) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { lines } = await play(servers, [...free, 'own.dev'], { seed });
      expect(lines.filter((line) => /^[+~]/.test(line))).toEqual(['+ own.dev']);
      if (servers.length > 1) expect(lines.filter((line) => line.startsWith('?'))).toEqual([]);
    }
  });

  it('makes no name live that is typed alone', async () => {
    for (const name of free) expect((await play([liar], [name])).lines[0]).toMatch(/^[ ?] /);
  });
});

it('a suffix under which nearly every name of the candidates exists is not taken for a liar', async () => {
  const all: Record<string, typeof live> = {};
  for (const one of letters) for (const two of letters) all[`${one}${two}.dev`] = live;
  const { lines } = await play([truthful({ ...truth, ...all })], ['ab.dev', 'cd.dev', 'for.dev']);
  expect(lines).toEqual(['  for.dev', '+ ab.dev', '+ cd.dev']);
});
