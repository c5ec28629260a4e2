import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../../helpers/played.js';
import {
  deny,
  except,
  fail,
  isAtOrBelow,
  isRandom,
  noData,
  wildcard,
  type Zone,
} from '../../../helpers/played-servers.js';
import { createSeededRandom } from '../../../simulation/random.js';

const truth: Zone = {
  dev: { isDelegated: true },
  'wild.dev': { isDelegated: true },
  'real.wild.dev': { A: ['192.0.2.1'] },
};
const answered = 'any name under .wild.dev is answered';
const madeUpNames = Array.from({ length: 40 }, (_, index) => `x${index}.wild.dev`);

/** Answers for an address as the function says, and otherwise without a record. */
const addressed =
  (addressesOf: (name: string) => readonly string[]): PlayedServer =>
  ({ name, type }) =>
    type === 'A' ? { addresses: addressesOf(name) } : { zone: 'wild.dev' };

const indexOf = (name: string, count: number): number =>
  [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % count;

const random = createSeededRandom(1);
let turn = 0;

describe.each<[string, PlayedServer]>([
  ['to each name by its letters', addressed((name) => [`192.0.2.1${indexOf(name, 2)}`])],
  ['to each name by chance', addressed(() => [`192.0.2.1${random.integer(0, 3)}`])],
  ['in turn', addressed(() => [`192.0.2.1${turn++ % 2}`])],
  ['two of four at a time', addressed((name) => [0, 1].map((add) => `192.0.2.1${indexOf(name, 3) + add}`))],
  ['or none', addressed((name) => (indexOf(name, 2) ? ['192.0.2.10'] : []))],
  ['or none to one name in ten', addressed((name) => (indexOf(name, 10) ? ['192.0.2.10'] : []))],
  ['one of them to one name in ten', addressed((name) => [`192.0.2.1${indexOf(name, 10) && 1}`])],
])('a wildcard that gives one of several addresses, %s,', (_, made) => {
  it.each([
    ['as whole names', madeUpNames],
    ['by their suffix', madeUpNames.map((name) => name.replace('.', ' '))],
  ])('makes no name that does not exist live or taken, %s', async (_kind, names) => {
    const { results } = await play([wildcard('wild.dev', made, truth)], names);
    expect(results.filter(({ status }) => status === 'live' || status === 'taken')).toEqual([]);
  });
});

describe('a host beside a wildcard', () => {
  const below = (name: string) => name.endsWith('.real.wild.dev');
  const made = addressed(() => ['192.0.2.66']);
  const server = wildcard('wild.dev', made, truth);

  it('exists by what is denied below it, which takes few queries', async () => {
    const { lines, queries } = await play([except(below, deny, server)], ['real.wild.dev']);
    expect(lines).toEqual(['+ real.wild.dev']);
    const asked = queries[0]?.filter(({ name }) => isAtOrBelow(name, 'wild.dev')) ?? [];
    // Its address, a random name beside it, a name below it, and those below three random names.
    expect(asked).toHaveLength(6);
  });

  it('exists by its address if it has a wildcard of its own', async () => {
    const { lines } = await play([except(below, made, server)], ['real.wild.dev']);
    expect(lines).toEqual(['+ real.wild.dev']);
  });

  it('with the same address is unknown if the server fails for names below it', async () => {
    const failing = except(below, fail, server);
    const same: PlayedServer = (query) => (query.name === 'real.wild.dev' ? made : failing)(query);
    const { lines } = await play([same], ['real.wild.dev']);
    const reason = `${answered}, and not all is known of this one: SERVFAIL from FIRST`;
    expect(lines).toEqual([`? real.wild.dev  ${reason}`]);
  });

  it('is told from names that do not exist without the types for which the server always fails', async () => {
    const noMx: PlayedServer = (query) => (query.type === 'MX' ? fail : server)(query);
    expect((await play([noMx], ['x.wild.dev'])).lines).toEqual([`  x.wild.dev  ${answered}`]);
  });
});

describe('random names beside many names', () => {
  it('are asked for once for each question', async () => {
    const { queries } = await play(
      [
        wildcard(
          'wild.dev',
          addressed(() => ['192.0.2.66']),
          truth,
        ),
      ],
      madeUpNames,
    );
    const asked = queries[0]?.filter(({ name }) => isRandom(name) && isAtOrBelow(name, 'wild.dev')) ?? [];
    const own = asked.filter(({ name }) => !/\.x\d+\./.test(name));
    // A, A below, NS, AAAA and MX.
    expect(own).toHaveLength(5);
  });

  it('without an address show with twelve of them that one with an address exists', async () => {
    const { lines, queries } = await play([wildcard('wild.dev', noData, truth)], ['real.wild.dev']);
    expect(lines).toEqual(['+ real.wild.dev']);
    const asked = queries[0]?.filter(({ name }) => isAtOrBelow(name, 'wild.dev')) ?? [];
    expect(asked).toHaveLength(1 + 12);
  });
});
