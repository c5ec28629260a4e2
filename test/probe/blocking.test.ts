import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/dns/wire/reply.js';
import { type PlayedQuery, type PlayedServer, play } from '../helpers/played.js';
import { deny, except, truthful, type Zone } from '../helpers/played-servers.js';

const truth: Zone = {
  '': { isDelegated: true },
  dev: { isDelegated: true },
  'shop.dev': { A: ['192.0.2.1'] },
  'live.dev': { A: ['192.0.2.2'] },
  'home.dev': { A: ['127.0.0.1'] },
};
/** A resolver: offers recursion in whatever has no answer. */
const resolver: PlayedServer = (query) => {
  const reply = truthful(truth)(query);
  return reply && !reply.addresses ? { ...reply, offersRecursion: true } : reply;
};
const blocking =
  (block: (query: PlayedQuery) => Partial<Reply>, name = 'shop.dev'): PlayedServer =>
  (query) =>
    query.name === name ? block(query) : resolver(query);

const denial = { rcode: 'NXDOMAIN', zone: 'dev', offersRecursion: true };
const own = 'its reply is authoritative, unlike others';
const blocks: readonly (readonly [string, Partial<Reply>, string])[] = [
  ['without an SOA record', { ...denial, zone: undefined }, 'the denial has no SOA record'],
  [
    'with its own name as the zone',
    { ...denial, zone: 'shop.dev' },
    'the denial comes from the zone shop.dev',
  ],
  ['with a policy zone', { ...denial, zone: 'rpz.example' }, 'the denial comes from the zone rpz.example'],
  ['without recursion', { ...denial, offersRecursion: false }, 'the denial does not offer recursion'],
  ['by the address 0.0.0.0', { addresses: ['0.0.0.0'] }, 'its address is 0.0.0.0'],
  ['by the address 127.0.0.1', { addresses: ['127.0.0.1'] }, 'its address is 127.0.0.1'],
  [
    'by no record and a policy zone',
    { zone: 'rpz.example', offersRecursion: true },
    'the denial comes from the zone rpz.example',
  ],
  [
    'by another address that comes from a policy zone',
    { addresses: ['198.51.100.1'], policyZone: 'rpz.example' },
    'the answer comes from the zone rpz.example',
  ],
  [
    'by an alias without an address that comes from a policy zone',
    { alias: 'landing.example', zone: 'example', policyZone: 'rpz.example' },
    'the answer comes from the zone rpz.example',
  ],
  ['by another address of its own', { addresses: ['198.51.100.1'], isAuthoritative: true }, own],
  ['by an alias of its own', { alias: 'landing.example', isAuthoritative: true }, own],
  ['by a denial of its own', { ...denial, isAuthoritative: true }, own],
];

describe.each(blocks)('a name that a resolver blocks %s', (_, block, sign) => {
  it('is unknown, and the reason says so', async () => {
    const { lines } = await play([blocking(() => block)], ['shop.dev', 'live.dev', 'free.dev']);
    expect(lines).toEqual(['  free.dev', '+ live.dev', `? shop.dev  blocked by FIRST: ${sign}`]);
  });

  it('costs no answer beside another resolver', async () => {
    const { lines } = await play([blocking(() => block), resolver], ['shop.dev', 'live.dev', 'free.dev']);
    expect(lines).toEqual(['  free.dev', '+ live.dev', '+ shop.dev']);
  });
});

it('a resolver is believed about a zone that it serves itself', async () => {
  const serving = blocking(({ type }) => ({
    ...(type === 'NS' ? { nameServers: true } : { addresses: ['192.0.2.9'] }),
    isAuthoritative: true,
  }));
  expect((await play([serving], ['shop.dev', 'live.dev', 'free.dev'])).lines).toEqual([
    '  free.dev',
    '+ live.dev',
    '+ shop.dev',
  ]);
});

it('a name has the address 127.0.0.1 if two resolvers say so', async () => {
  expect((await play([resolver, resolver], ['home.dev', 'live.dev'])).lines).toEqual([
    '+ home.dev',
    '+ live.dev',
  ]);
});

it('a resolver that always gives the name itself as its zone is believed', async () => {
  const odd: PlayedServer = (query) => {
    const reply = resolver(query);
    return reply && reply.rcode === 'NXDOMAIN' ? { ...reply, zone: query.name } : reply;
  };
  expect((await play([odd], ['free.dev', 'live.dev'])).lines).toEqual(['  free.dev', '+ live.dev']);
});

it.each([
  ['0.0.0.0', '0.0.0.0'],
  ['0.0.0.0', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.2'],
])(
  'a name does not exist because one resolver blocks it by %s and another one by %s',
  async (...addresses) => {
    const servers = addresses.map((address) => blocking(() => ({ addresses: [address] })));
    expect((await play(servers, ['shop.dev', 'live.dev'])).lines).toEqual([
      '+ live.dev',
      expect.stringMatching(/^\? shop\.dev {2}blocked by (FIRST|SECOND): its address is/),
    ]);
  },
);

it('a name that may be blocked is not asked for at a server that denies the suffix', async () => {
  const denying = except((name) => name.endsWith('dev'), deny, resolver);
  const names = ['live.dev', 'home.dev', 'free.dev'];
  const { lines, notes } = await play([resolver, denying, resolver], names);
  expect(lines).toEqual(['  free.dev', '+ home.dev', '+ live.dev']);
  expect(notes).toEqual(['SECOND denies .dev, which the others have; it will not be asked again']);
});

it('a resolver that never sends an SOA record is believed', async () => {
  const bare: PlayedServer = (query) => {
    const reply = resolver(query);
    return reply && { ...reply, zone: undefined };
  };
  expect((await play([bare], ['free.dev', 'live.dev'])).lines).toEqual(['  free.dev', '+ live.dev']);
});

it.each([
  ['is about other names', { isAboutOthers: true }, 'the reply is about other names'],
  [
    'denies the name and gives its address',
    { rcode: 'NXDOMAIN', addresses: ['192.0.2.7'] },
    'the reply denies a name and gives its address',
  ],
])('nothing follows from a reply that %s', async (_, reply, reason) => {
  expect((await play([blocking(() => reply)], ['shop.dev', 'live.dev'])).lines).toEqual([
    '+ live.dev',
    `? shop.dev  ${reason}`,
  ]);
});

it('what a server says about a block with EDNS is the reason', async () => {
  const extendedErrors = [{ code: 15, meaning: 'blocked by policy' }];
  const server = blocking(() => ({ ...denial, zone: undefined, extendedErrors }));
  expect((await play([server], ['shop.dev'])).lines).toEqual([
    '? shop.dev  blocked by FIRST: blocked by policy',
  ]);
});

it('a resolver that denies names in the shape of its other denials is not believed beside another one', async () => {
  const names = ['first.dev', 'second.dev', 'third.dev', 'fourth.dev', 'fifth.dev', 'sixth.dev'];
  const answer: PlayedServer = (query) =>
    names.includes(query.name) ? { addresses: ['192.0.2.3'] } : resolver(query);
  const filtering: PlayedServer = (query) => (names.includes(query.name) ? denial : answer(query));
  const live = [...names, 'live.dev'].toSorted().map((name) => `+ ${name}`);
  const probed = [...names, 'live.dev', 'free.dev', 'gone.dev'];
  const { lines } = await play([filtering, answer], probed);
  expect(lines).toEqual(['  free.dev', '  gone.dev', ...live]);
});

it('a resolver that blocks names by an alias in the shape of its other replies is not believed beside another one', async () => {
  const landing: PlayedServer = (query) =>
    ['shop.dev', 'gone.dev'].includes(query.name) ? { alias: 'landing.example' } : resolver(query);
  for (const servers of [
    [landing, resolver],
    [resolver, landing],
  ]) {
    const { lines } = await play(servers, ['shop.dev', 'gone.dev', 'live.dev', 'free.dev']);
    expect(lines.filter((line) => !line.includes('gone.dev'))).toEqual([
      '  free.dev',
      '+ live.dev',
      '+ shop.dev',
    ]);
    expect(lines.find((line) => line.includes('gone.dev'))).toMatch(
      /^( {2}gone\.dev|\? gone\.dev {2}.* denies it)$/,
    );
  }
});
