import { describe, expect, it } from 'vitest';
import { serve } from '../../helpers/command.js';
import { isRandom } from '../../helpers/honest.js';
import { record } from '../../helpers/name-server/reply.js';
import { answer, noData, refuse, reply, type Zone } from '../../helpers/name-server.js';
import { ask, except, forType, madeUp, truthful, wildcard } from '../../helpers/network.js';

/** `co.zz`, under which any name is answered; one name has name servers of its own. */
const own = { A: ['192.0.2.1'], NS: ['ns.own.co.zz'] };
const truth: Zone = { zz: {}, 'co.zz': {}, 'own.co.zz': own, 'www.plain.zz': { A: ['192.0.2.2'] } };
const server = () => serve(wildcard('co.zz', madeUp, truth));

describe.concurrent('a whole name whose parent answers for any name', () => {
  it.each([
    ['as a whole name', ['free.co.zz', 'own.co.zz']],
    ['with its parent as --tld', ['free', 'own', '-t', 'co.zz']],
  ])('is live only if it has name servers of its own (%s)', async (_way, args) => {
    const { lines, notes, status } = await ask([await server()], ...args);
    expect(lines).toEqual(['  free.co.zz', '+ own.co.zz']);
    expect(notes).toEqual([expect.stringMatching(/^blogdom: FIRST answers for any name under \.co\.zz\b/)]);
    expect(status).toBe(0);
  });

  it('has one sibling asked for, for each parent', async () => {
    const zz = await server();
    const names = ['a.co.zz', 'b.co.zz', 'c.co.zz', 'www.plain.zz', 'own.co.zz'];
    await ask([zz], ...names);
    const siblings = zz.queries.filter(
      ({ name, type }) => isRandom(name) && type === 'A' && name.split('.').length > 2,
    );
    expect(siblings.map(({ name }) => name.replace(/^[^.]+/, '')).toSorted()).toEqual([
      '.co.zz',
      '.plain.zz',
    ]);
  });

  it('is live if it has an IPv6 address and its siblings have none', async () => {
    const only6: Zone = { ...truth, 'six.co.zz': { AAAA: ['2001:db8::1'] } };
    const { lines } = await ask([await serve(wildcard('co.zz', noData, only6))], 'six.co.zz', 'free.co.zz');
    expect(lines).toEqual(['+ six.co.zz', '~ free.co.zz']);
  });

  it('is absent if it has only the IPv6 address that its siblings have', async () => {
    const { lines } = await ask(
      [await serve(wildcard('co.zz', answer('2001:db8::66'), truth))],
      'free.co.zz',
    );
    expect(lines).toEqual(['  free.co.zz']);
  });

  it('is unknown if its sibling is not answered', async () => {
    const behaviour = except(
      (name) => isRandom(name) && name.endsWith('.co.zz'),
      refuse,
      wildcard('co.zz', madeUp, truth),
    );
    const { lines } = await ask([await serve(behaviour)], '--tries', '2', '--timeout', '0.1', 'free.co.zz');
    expect(lines).toEqual([expect.stringMatching(/^\? free\.co\.zz {2}.*\.co\.zz .*REFUSED/)]);
  });

  it('is unknown if made-up names have name servers', async () => {
    const made = forType(
      'NS',
      (query, client) => reply({ answers: [record('NS', query.name, 'ns.zz')] })(query, client),
      madeUp,
    );
    const { lines } = await ask([await serve(wildcard('co.zz', made, truth))], 'free.co.zz', 'own.co.zz');
    expect(lines.map((line) => line.slice(0, 2))).toEqual(['? ', '? ']);
  });
});

it('a whole name with an honest parent stays live, and absent names have no siblings asked for', async () => {
  const zz = await serve(truthful(truth));
  const { lines } = await ask([zz], 'www.plain.zz', 'www.free.zz');
  expect(lines).toEqual(['  www.free.zz', '+ www.plain.zz']);
  expect(zz.queries.filter(({ name }) => isRandom(name) && name.endsWith('.free.zz'))).toEqual([]);
});
