import { describe, expect, it } from 'vitest';
import { type PlayedServer, play } from '../../helpers/played.js';
import {
  deny,
  forType,
  isAtOrBelow,
  isRandom,
  lying,
  madeUp,
  nameServers,
  noData,
  refuse,
  silent,
  truthful,
  wildcard,
  type Zone,
  zone,
} from '../../helpers/played-servers.js';

const note = (suffix: string, server = 'FIRST') =>
  `${server} answers for any name under .${suffix}, so each name is compared with made-up ones`;

const onlyIPv6: PlayedServer = ({ name, type }) =>
  type === 'AAAA' ? { addresses: ['2001:db8::66'] } : noData({ name, type, time: 0 });

const answered = (parent: string) => `any name under .${parent} is answered`;

/** Answers for one name in another way when it is asked for its name servers. */
const exceptNsOf =
  (owner: string, special: PlayedServer, otherwise: PlayedServer): PlayedServer =>
  (query) =>
    (query.name === owner && query.type === 'NS' ? special : otherwise)(query);

describe('a suffix under which any name is answered', () => {
  const empty = `${answered('dev')}, without an address: real and made-up names look the same`;

  it.each<[string, PlayedServer, string]>([
    ['that does not exist when asked for NS is absent', forType('NS', deny, madeUp), '  NAME'],
    [`that has only the suffix's SOA when asked for NS is absent`, madeUp, `  NAME  ${answered('dev')}`],
    ['with an IPv6 address is absent', onlyIPv6, `  NAME  ${answered('dev')}`],
    ['without an address is unknown', noData, `? NAME  ${empty}`],
  ])('leaves delegated names as they are; a made-up name %s', async (_, made, line) => {
    const names = ['live.dev', 'taken.dev', 'free.dev', 'or.dev'];
    const { lines, notes } = await play([wildcard('dev', made)], names);
    const madeUpLines = ['free.dev', 'or.dev'].map((name) => line.replace('NAME', name));
    expect(lines).toEqual([...madeUpLines, '+ live.dev', '~ taken.dev'].toSorted());
    expect(notes).toEqual([note('dev')]);
  });

  it('makes names unknown that have the addresses of made-up names if these have name servers', async () => {
    const server = wildcard('dev', forType('NS', nameServers, madeUp));
    const { lines, notes } = await play([server], ['live.dev', 'free.dev']);
    const reason = 'any name under .dev is answered, with name servers: real and made-up names look the same';
    expect(lines).toEqual(['+ live.dev', `? free.dev  ${reason}`]);
    expect(notes).toEqual([note('dev')]);
  });

  it.each<[string, PlayedServer, string]>([
    ['is not answered', silent, 'no reply from FIRST'],
    ['is refused', refuse, 'REFUSED from FIRST'],
  ])('makes a name unknown, and no other, if its query for NS %s', async (_, failure, why) => {
    const server = exceptNsOf('free.dev', failure, wildcard('dev'));
    const { lines } = await play([server], ['free.dev', 'or.dev', 'live.dev']);
    const reason = `any name under .dev is answered, and name servers are not known: ${why}`;
    expect(lines).toEqual([
      `  or.dev  ${answered('dev')}`,
      '+ live.dev',
      expect.stringContaining(`? free.dev  ${reason}`),
    ]);
  });

  it('makes a name absent if the server denies it', async () => {
    const server = wildcard('dev');
    const { lines } = await play(
      [(query) => (query.name === 'free.dev' ? deny : server)(query)],
      ['free.dev'],
    );
    expect(lines).toEqual(['  free.dev']);
  });

  it('has the name servers of a random name asked for once', async () => {
    const names = ['live.dev', 'taken.dev', 'free.dev', 'or.dev', 'if.dev'];
    const { queries } = await play([wildcard('dev')], names);
    expect(queries[0]?.filter(({ name, type }) => isRandom(name) && type === 'NS')).toHaveLength(1);
  });

  it('has no effect on names under other suffixes', async () => {
    const names = ['live.dev', 'free.dev', 'live.example', 'free.example'];
    const { lines, notes, queries } = await play([wildcard('dev')], names);
    expect(lines).toEqual([
      `  free.dev  ${answered('dev')}`,
      '  free.example',
      '+ live.dev',
      '+ live.example',
    ]);
    expect(notes).toEqual([note('dev')]);
    const asked = queries[0]?.filter(({ name, type }) => name.endsWith('.example') && type === 'NS');
    expect(asked).toEqual([]);
  });

  it('may have several labels', async () => {
    const truth: Zone = {
      uk: { isDelegated: true },
      'co.uk': { isDelegated: true },
      'own.co.uk': { A: ['192.0.2.3'], isDelegated: true },
    };
    const server = wildcard('co.uk', () => ({ addresses: ['192.0.2.66'], zone: 'uk' }), truth);
    const { lines, notes } = await play([server], ['own co.uk', 'free co.uk']);
    expect(lines).toEqual([`  free.co.uk  ${answered('co.uk')}`, '+ own.co.uk']);
    expect(notes).toEqual([note('co.uk')]);
  });

  it('makes a name absent only after a witness that was sent after its name servers were asked for', async () => {
    const { queries } = await play([wildcard('dev')], ['free.dev']);
    const asked = queries[0]?.map(({ name, type }) => `${type} ${isRandom(name) ? 'RANDOM' : name}`) ?? [];
    expect(asked.indexOf('NS free.dev')).toBeLessThan(asked.lastIndexOf('A RANDOM'));
    expect(asked.indexOf('NS free.dev')).toBeLessThan(asked.lastIndexOf('NS dev'));
  });
});

describe('a resolver that makes up an address for every name that does not exist', () => {
  it('makes no name live, and is reported once for each suffix', async () => {
    const words = ['live', 'taken', 'free'];
    const names = words.flatMap((word) => [`${word}.dev`, `${word}.example`]);
    const { lines, notes } = await play([lying()], names);
    expect(lines).toEqual([
      ...['  free.dev', '  free.example', '  taken.example'],
      ...['+ live.dev', '+ live.example', '~ taken.dev'],
    ]);
    expect(notes.toSorted()).toEqual([note('dev'), note('example')]);
  });

  it('is reported once, however many names it makes up', async () => {
    const words = Array.from({ length: 300 }, (_, index) => `x${index}`);
    const { lines, notes } = await play(
      [lying()],
      words.map((word) => `${word}.dev`),
    );
    expect(lines).toEqual(words.map((word) => `  ${word}.dev`).toSorted());
    expect(notes).toEqual([note('dev')]);
  });

  it('leaves no address in the result of a made-up name', async () => {
    const { results } = await play([lying()], ['free.dev']);
    expect(results).toMatchObject([{ status: 'absent', addresses: [], rcode: 'NXDOMAIN' }]);
  });

  it('makes names without name servers unknown if it denies nothing', async () => {
    const server: PlayedServer = (query) => (query.name === '' ? truthful()(query) : madeUp(query));
    const { lines } = await play([server], ['free.dev']);
    expect(lines).toEqual(['? free.dev  the server answers for any name, even for one that cannot exist']);
  });
});

/** `co.zz`, under which any name is answered; one name has name servers of its own. */
const truth: Zone = {
  zz: { isDelegated: true },
  'co.zz': { isDelegated: true },
  'own.co.zz': { A: ['192.0.2.1'], isDelegated: true },
  'www.plain.zz': { A: ['192.0.2.2'] },
};
const zz = wildcard('co.zz', madeUp, truth);

describe('a whole name whose parent answers for any name', () => {
  it.each([
    ['as a whole name', ['free.co.zz', 'own.co.zz']],
    ['with its parent as the suffix', ['free co.zz', 'own co.zz']],
  ])('is live if it has name servers of its own, %s', async (_, names) => {
    const { lines, notes } = await play([wildcard('co.zz', made('co.zz'), truth)], names);
    expect(lines).toEqual([`  free.co.zz  ${answered('co.zz')}`, '+ own.co.zz']);
    expect(notes).toEqual([note('co.zz')]);
  });

  it('has one sibling asked for, for each parent', async () => {
    const names = ['a.co.zz', 'b.co.zz', 'c.co.zz', 'www.plain.zz', 'own.co.zz'];
    const { queries } = await play([zz], names);
    const siblings = queries[0]?.filter(
      ({ name, type }) => isRandom(name) && type === 'A' && name.split('.').length === 3,
    );
    expect(siblings?.map(({ name }) => name.replace(/^[^.]+/, '')).toSorted()).toEqual([
      '.co.zz',
      '.plain.zz',
    ]);
  });

  it('is live if it has an IPv6 address and its siblings have none', async () => {
    const six: Zone = { ...truth, 'six.co.zz': { AAAA: ['2001:db8::1'] } };
    const { lines } = await play([wildcard('co.zz', noData, six)], ['six.co.zz', 'free.co.zz']);
    expect(lines).toEqual([
      '+ six.co.zz',
      `? free.co.zz  ${answered('co.zz')}, without an address: real and made-up names look the same`,
    ]);
  });

  it('is absent if it has only the IPv6 address that its siblings have', async () => {
    const server = wildcard('co.zz', forType('AAAA', onlyIPv6, made('co.zz')), truth);
    const only: PlayedServer = (query) =>
      query.type === 'A' && isAtOrBelow(query.name, 'co.zz') ? { zone: 'co.zz' } : server(query);
    expect((await play([only], ['free.co.zz'])).lines).toEqual([`  free.co.zz  ${answered('co.zz')}`]);
  });

  it('is unknown if its sibling is not answered', async () => {
    const server: PlayedServer = (query) =>
      (isRandom(query.name) && query.name.endsWith('.co.zz') ? refuse : zz)(query);
    const { lines } = await play([server], ['free.co.zz']);
    expect(lines).toEqual([
      '? free.co.zz  cannot tell whether any name under .co.zz is answered: REFUSED from FIRST',
    ]);
  });

  it('is unknown if it is like made-up names, and these have name servers', async () => {
    const server = wildcard('co.zz', forType('NS', nameServers, madeUp), truth);
    const { lines } = await play([server], ['free.co.zz', 'own.co.zz']);
    expect(lines.map((line) => line.slice(0, 2))).toEqual(['+ ', '? ']);
  });

  it('is live only after a witness that was sent after its sibling', async () => {
    const { queries } = await play([truthful(truth)], ['www.plain.zz']);
    const asked = queries[0]?.map(({ name }) => name.replace(/^[a-z][a-z0-9]{23,39}/, 'RANDOM')) ?? [];
    expect(asked.indexOf('RANDOM.plain.zz')).toBeLessThan(asked.lastIndexOf('RANDOM.zz'));
  });
});

/** An address, and otherwise no record, with the SOA record of a zone. */
function made(owner: string): PlayedServer {
  return ({ type }) => (type === 'A' ? { addresses: ['192.0.2.66'] } : { zone: owner });
}

describe('a whole name with an honest parent', () => {
  it('stays live, and absent names have no siblings asked for', async () => {
    const { lines, queries } = await play([truthful(truth)], ['www.plain.zz', 'www.free.zz']);
    expect(lines).toEqual(['  www.free.zz', '+ www.plain.zz']);
    expect(queries[0]?.filter(({ name }) => isRandom(name) && name.endsWith('.free.zz'))).toEqual([]);
  });

  it('has no sibling asked for if it has two labels', async () => {
    const { queries } = await play([truthful(zone)], ['live.dev']);
    expect(queries[0]?.filter(({ name }) => isRandom(name) && name.endsWith('.live.dev'))).toEqual([]);
  });
});
