import { describe, expect, it } from 'vitest';
import type { PlayedServer } from '../helpers/played.js';
import { deny, fail, silent } from '../helpers/played-servers.js';
import { type PlayedZone, playAuthority } from './hierarchy.js';

const [first, second, third] = ['198.51.100.1', '198.51.100.2', '198.51.100.3'] as const;

const dev: PlayedZone = {
  servers: [first, second],
  hosts: ['live.dev', 'a.empty.dev'],
  delegated: ['for.dev'],
};

describe('the authority', () => {
  it('says of names under a suffix what the servers of the suffix know', async () => {
    const names = ['for', 'live', 'empty', 'not'].map((word) => `${word} dev`);
    const { lines, notes } = await playAuthority({ '': { servers: [third] }, dev }, names);
    expect(lines).toEqual([
      '  not.dev',
      '+ live.dev',
      '~ empty.dev',
      '~ for.dev  delegated to ns1.example, ns2.example',
    ]);
    expect(notes).toEqual([]);
  });

  it('is asked without recursion, and only about names of its suffix', async () => {
    const app: PlayedZone = { servers: [third], delegated: ['for.app'] };
    const { lines, at } = await playAuthority({ dev, app }, ['for dev', 'for app']);
    expect(lines.map((line) => line.slice(0, 9))).toEqual(['~ for.app', '~ for.dev']);
    expect(at(third).every(({ zone }) => zone === 'app')).toBe(true);
    expect(at(third).filter(({ name }) => name.endsWith('dev'))).toEqual([]);
    // The resolver sees the suffixes alone.
    expect(at('192.0.2.1').map(({ name }) => name)).not.toContain('for.dev');
  });

  it('does not know names below the delegation of somebody else', async () => {
    const { results } = await playAuthority({ dev }, ['www.for.dev']);
    expect(results).toMatchObject([
      { tld: 'dev', status: 'unknown', reason: 'lies below the delegation for.dev; ask its name servers' },
    ]);
  });

  it.each([
    ['a word under a suffix of two labels', 'for co.uk', 'co.uk'],
    ['a whole name', 'for.co.uk', 'uk'],
  ])('is that of the zone which holds the suffix, for %s', async (_, name, tld) => {
    const uk: PlayedZone = { servers: [first], hosts: ['nic.co.uk'], delegated: ['for.co.uk'] };
    const { results } = await playAuthority({ uk }, [name]);
    expect(results).toMatchObject([{ status: 'taken', tld }]);
  });

  it('finds a zone of two labels', async () => {
    const zones = {
      uk: { servers: [first], delegated: ['co.uk'] },
      'co.uk': { servers: [second], delegated: ['for.co.uk'] },
    };
    const { results } = await playAuthority(zones, ['for.co.uk', 'not.co.uk'], { concurrency: 1 });
    expect(results.map(({ status }) => status)).toEqual(['taken', 'absent']);
  });

  it('decides by name servers under a suffix that answers for any name', async () => {
    const wild: PlayedZone = { servers: [first], delegated: ['for.wild'], isWildcard: true };
    const { lines } = await playAuthority({ wild }, ['for wild', 'not wild']);
    expect(lines[0]).toBe('? not.wild  the server answers for any name, even for one that cannot exist');
    expect(lines[1]).toMatch(/^~ for\.wild/);
  });

  it.each([
    ['offers recursion', { isAuthoritative: true, offersRecursion: true }],
    ['is not authoritative', { isAuthoritative: false }],
  ])('is intercepted if a reply %s, which is noted once', async (_, changes) => {
    const zone: PlayedZone = { servers: [first], reply: () => ({ rcode: 'NXDOMAIN', ...changes }) };
    const { results, notes } = await playAuthority({ dev: zone }, ['a dev', 'b dev', 'c dev']);
    const reason = expect.stringContaining('is intercepted');
    expect(results).toMatchObject(new Array(3).fill({ status: 'unknown', reason }));
    expect(notes).toEqual(['this network intercepts DNS; authoritative servers cannot be reached']);
  });

  it.each(['169.254.169.254', '0.0.0.0', '10.0.0.1', '127.0.0.1'])(
    'is not asked at %s, where a resolver on the internet sends it, and that is no interception',
    async (address) => {
      const zone: PlayedZone = { servers: [address], reply: () => ({ rcode: 'NXDOMAIN' }) };
      const { lines, notes, at } = await playAuthority({ dev: zone }, ['for dev']);
      expect(lines).toEqual([
        expect.stringContaining(`the name servers of .dev are not asked: ${address} is`),
      ]);
      expect({ notes, asked: at(address) }).toEqual({ notes: [], asked: [] });
    },
  );

  it('is asked at another server if one does not answer', async () => {
    const reply: PlayedZone['reply'] = (proper, { name }) => (name === 'gone.dev' ? undefined : proper);
    const { results } = await playAuthority({ dev: { ...dev, reply } }, ['for dev', 'not dev']);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['absent', 'taken']);
  });

  it.each([
    ['first', ['x dev', 'x app']],
    ['last', ['x app', 'x dev']],
  ])(
    'reports each of its servers once, as good if it was good for one suffix: the %s one',
    async (_, names) => {
      const reply: PlayedZone['reply'] = (proper, { address, type }) =>
        address === first && type === 'A' ? { isAuthoritative: true, addresses: ['192.0.2.66'] } : proper;
      const zones = { dev: { ...dev, servers: [first] }, app: { servers: [first, second], reply } };
      const { reports } = await playAuthority(zones, names, { concurrency: 1 });
      expect(reports.map(({ server, verdict }) => [server, verdict])).toEqual([
        [`${first}:53`, 'good'],
        [`${second}:53`, 'good'],
      ]);
    },
  );
});

describe('a name whose suffix has no name servers that are known', () => {
  it('is unknown, with the reason', async () => {
    const { results } = await playAuthority({ dev }, ['for dev'], { resolver: fail });
    expect(results).toMatchObject([
      {
        status: 'unknown',
        reason: 'cannot find the name servers of .dev: SERVFAIL from udp://192.0.2.1:53',
        addresses: [],
        tries: 0,
        evidence: ['cannot find the name servers of .dev: SERVFAIL from udp://192.0.2.1:53'],
      },
    ]);
  });

  it('is unknown if the resolver denies everything', async () => {
    const { lines } = await playAuthority({ dev }, ['for dev'], { resolver: deny });
    expect(lines).toEqual([
      '? for.dev  cannot find the name servers of .dev: FIRST denies those of the root, too',
    ]);
  });

  it('holds up no name of another suffix', async () => {
    const slow: PlayedZone = { servers: [third], reply: () => undefined };
    const { results } = await playAuthority({ dev, slow }, ['for slow', 'for dev']);
    expect(results.map(({ name }) => name)).toEqual(['for.dev', 'for.slow']);
  });

  it.each([
    ['not looked for again within 250 ms', 200, 1],
    ['looked for again after 250 ms', 250, 2],
  ])('has a suffix that is %s', async (_, pause, times) => {
    let asked = 0;
    const resolver: PlayedServer = ({ name, type }) => {
      if (name === 'dev' && type === 'NS') asked++;
      return { rcode: 'REFUSED' };
    };
    // A name of another suffix takes the time in between.
    const delay = ({ name }: { readonly name: string }) => (name === 'app' ? pause : 1);
    await playAuthority({ dev }, ['a dev', 'a app', 'b dev'], { resolver, delay, concurrency: 1, tries: 1 });
    expect(asked).toBe(times);
  });
});

it('the authority does not wait for a resolver that is silent after it was closed', async () => {
  const { lines } = await playAuthority({ dev }, ['for dev'], { resolver: silent, tries: 2 });
  expect(lines).toEqual([
    expect.stringMatching(/^\? for\.dev {2}cannot find the name servers of \.dev: no reply/),
  ]);
});
