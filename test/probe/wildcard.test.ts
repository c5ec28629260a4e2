import { describe, expect, it } from 'vitest';
import { probe } from '../../src/index.js';
import { serve } from '../helpers/command.js';
import { isRandom } from '../helpers/honest.js';
import type { Script } from '../helpers/name-server/action.js';
import { record, startOfAuthority } from '../helpers/name-server/reply.js';
import { answer, deny, fail, noData, refuse, reply, silent } from '../helpers/name-server.js';
import { ask, forType, lying, madeUp, nameServers, wildcard, zone } from '../helpers/network.js';

/** The note on standard error that names the server and the suffix. */
const note = (suffix: string) => expect.stringMatching(`^blogdom: FIRST .*\\.${suffix}\\b`);

describe.concurrent('a suffix under which any name is answered', () => {
  it.each<[string, Script]>([
    ['that does not exist when asked for NS', forType('NS', deny, madeUp)],
    ["that has only the suffix's SOA when asked for NS", madeUp],
    ['without an address', noData],
    ['with an IPv6 address', answer('2001:db8::66')],
  ])('makes a made-up name %s absent, and leaves delegated names as they are', async (_kind, made) => {
    const server = await serve(wildcard('dev', made));
    expect(await ask([server], 'live', 'taken', 'free', 'or')).toEqual({
      lines: ['  free.dev', '  or.dev', '+ live.dev', '~ taken.dev'],
      notes: [note('dev')],
      status: 0,
    });
  });

  it.each<[string, Script]>([
    ['NS records in the answer', nameServers],
    ['NS records in a referral', reply({ authorities: [record('NS', 'own.dev', 'ns.own.dev')] })],
    ['an SOA of its own', reply({ authorities: [startOfAuthority('own.dev')] })],
  ])('leaves a name live that has %s', async (_kind, script) => {
    const server = await serve(
      wildcard('dev', madeUp, { ...zone, 'own.dev': forType('NS', script, madeUp) }),
    );
    expect(await ask([server], 'own', 'free')).toEqual({
      lines: ['  free.dev', '+ own.dev'],
      notes: [note('dev')],
      status: 0,
    });
  });

  it('leaves a longer name live if a zone below the suffix contains it', async () => {
    const www = forType('NS', reply({ authorities: [startOfAuthority('live.dev')] }), answer('192.0.2.1'));
    const server = await serve(wildcard('dev', madeUp, { ...zone, 'www.live.dev': www }));
    const { lines, status } = await ask([server], 'www.live.dev', 'www.free.dev');
    expect({ lines, status }).toEqual({ lines: ['  www.free.dev', '+ www.live.dev'], status: 0 });
  });

  it.each<[string, Script]>([
    ['name servers', forType('NS', nameServers, madeUp)],
    ['an SOA of their own', forType('NS', ownAuthority, madeUp)],
  ])('makes every name unknown if made-up names have %s', async (_kind, made) => {
    const server = await serve(wildcard('dev', made));
    const { lines, notes, status } = await ask([server], 'live', 'taken', 'free');
    const reason = 'real and made-up names look the same';
    expect(lines).toEqual([
      expect.stringMatching(`^\\? free\\.dev {2}.*\\.dev.*${reason}`),
      expect.stringMatching(`^\\? live\\.dev {2}.*\\.dev.*${reason}`),
      expect.stringMatching(`^\\? taken\\.dev {2}.*\\.dev.*${reason}`),
    ]);
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 1 });
  });

  it.each<[string, Script]>([
    ['has no SOA', reply({})],
    ['has the SOA of another suffix', reply({ authorities: [startOfAuthority('example')] })],
    ['is an alias', reply({ answers: [record('CNAME', 'free.dev', 'parked.example')] })],
  ])('makes a name unknown, and no other, if its answer for NS %s', async (_kind, script) => {
    const made = forType('NS', script, madeUp);
    const server = await serve(wildcard('dev', madeUp, { ...zone, 'free.dev': made }));
    const { lines, notes, status } = await ask([server], 'live', 'free', 'or');
    expect(lines).toEqual(['  or.dev', '+ live.dev', expect.stringMatching(/^\? free\.dev {2}.*\.dev/)]);
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 1 });
  });

  it('makes made-up names unknown if the server sends no SOA records', async () => {
    const server = await serve(wildcard('dev', forType('NS', reply({}), madeUp)));
    const { lines, status } = await ask([server], 'live', 'taken', 'free');
    expect(lines).toEqual(['+ live.dev', expect.stringMatching(/^\? free\.dev {2}./), '~ taken.dev']);
    expect(status).toBe(1);
  });

  it.each<[string, Script, string]>([
    ['is not answered', silent, 'no reply from FIRST in 2 tries'],
    ['is refused', refuse, 'REFUSED from FIRST'],
    ['fails', fail(), 'SERVFAIL from FIRST'],
  ])(
    'makes a name unknown, and gives the reason, if its query for NS %s',
    async (_failure, script, reason) => {
      const made = forType('NS', script, answer('192.0.2.1'));
      const server = await serve(wildcard('dev', madeUp, { ...zone, 'own.dev': made }));
      const { lines, status } = await ask(
        [server],
        '--timeout',
        '0.05',
        '--tries',
        '2',
        'own',
        'free',
        'live',
      );
      expect(lines).toEqual(['  free.dev', '+ live.dev', expect.stringMatching(/^\? own\.dev {2}./)]);
      expect(lines[2]).toContain(reason);
      expect(status).toBe(1);
    },
  );

  it('makes no made-up name live or taken if the answer is an alias', async () => {
    const server = await serve(wildcard('dev', aliased));
    const { lines } = await ask([server], 'live', 'free', 'or');
    expect(lines).toEqual([
      '+ live.dev',
      ...['free', 'or'].map((word) => expect.stringMatching(`^[ ?] ${word}`)),
    ]);
  });

  it('makes a name absent if the server denies it', async () => {
    const server = await serve(wildcard('dev', madeUp, { ...zone, 'free.dev': deny }));
    expect(await ask([server], 'free')).toMatchObject({ lines: ['  free.dev'], status: 0 });
  });

  it('has the name servers of its random label asked for once', async () => {
    const server = await serve(wildcard('dev'));
    await ask([server], 'live', 'taken', 'free', 'or', 'if');
    const asked = server.queries.filter(({ name, type }) => isRandom(name) && type === 'NS');
    expect(asked.filter(({ attempt }) => attempt === 1)).toHaveLength(1);
  });

  it('has no effect on names under other suffixes', async () => {
    const server = await serve(wildcard('dev'));
    const { lines, notes, status } = await ask([server], 'live', 'free', '-t', 'dev,example');
    expect(lines).toEqual(['  free.dev', '  free.example', '+ live.dev', '+ live.example']);
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 0 });
    const asked = server.queries.filter(({ name, type }) => name.endsWith('.example') && type === 'NS');
    expect(asked).toEqual([]);
  });

  it.each(['co.uk', 'uk'])('may have several labels, with the SOA of %s', async (authority) => {
    const empty = reply({ authorities: [startOfAuthority(authority)] });
    const own = { A: ['192.0.2.3'], NS: ['ns.own.co.uk'] };
    const made = forType('NS', empty, madeUp);
    const server = await serve(wildcard('co.uk', made, { uk: {}, 'co.uk': {}, 'own.co.uk': own }));
    expect(await ask([server], 'own', 'free', '-t', 'co.uk')).toEqual({
      lines: ['  free.co.uk', '+ own.co.uk'],
      notes: [note('co\\.uk')],
      status: 0,
    });
  });
});

describe.concurrent('a resolver that makes up an address for every name that does not exist', () => {
  it('makes no name live, and is reported once for each suffix', async () => {
    const server = await serve(lying());
    const words = ['live', 'taken', 'free', 'or', 'if'];
    expect(await ask([server], ...words, '-t', 'dev,example')).toEqual({
      lines: [
        ...['  free.dev', '  free.example', '  if.dev', '  if.example', '  or.dev', '  or.example'],
        ...['  taken.example', '+ live.dev', '+ live.example', '~ taken.dev'],
      ],
      notes: expect.arrayContaining([note('dev'), note('example')]),
      status: 0,
    });
  });

  it('is reported once, however many names it makes up', async () => {
    const server = await serve(lying());
    const words = Array.from({ length: 300 }, (_, index) => `x${index}`);
    const { lines, notes, status } = await ask([server], ...words);
    expect(lines).toEqual(words.map((word) => `  ${word}.dev`).toSorted());
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 0 });
  });

  it('leaves no address in the result of a made-up name', async () => {
    const { address } = await serve(lying());
    const options = { servers: [address] };
    expect(await probe('free.dev', options)).toMatchObject({
      status: 'absent',
      addresses: [],
      rcode: 'NXDOMAIN',
    });
    expect(await probe('live.dev', options)).toMatchObject({ status: 'live', addresses: ['192.0.2.1'] });
  });
});

function ownAuthority(...[query, client]: Parameters<typeof madeUp>): void {
  reply({ authorities: [startOfAuthority(query.name)] })(query, client);
}

function aliased(...[query, client]: Parameters<typeof madeUp>): void {
  reply({ answers: [record('CNAME', query.name, 'parked.example')] })(query, client);
}
