import { describe, expect, it } from 'vitest';
import { probe } from '../../../src/index.js';
import { serve } from '../../helpers/command.js';
import type { Script } from '../../helpers/name-server/action.js';
import { record, startOfAuthority } from '../../helpers/name-server/reply.js';
import { answer, deny, fail, noData, refuse, reply, silent, truncated } from '../../helpers/name-server.js';
import { ask, forType, isRandom, lying, madeUp, nameServers, wildcard, zone } from './network.js';

const note = (suffix: string) => expect.stringMatching(`^blogdom: FIRST .*\\.${suffix}\\b`);
const alone = (name: string) => startOfAuthority(name);

describe.concurrent('where any name under a suffix is answered', () => {
  it.each<[string, Script]>([
    ['is denied when asked for NS', forType('NS', deny, madeUp)],
    ["has nothing but the suffix's SOA for NS", madeUp],
    ['has no address either', noData],
    ['has an IPv6 address', answer('2001:db8::66')],
  ])('a name that %s is absent, and one with name servers of its own is there', async (_what, made) => {
    const server = await serve(wildcard('dev', made));
    expect(await ask([server], 'live', 'taken', 'free', 'or')).toEqual({
      lines: ['  free.dev', '  or.dev', '+ live.dev', '~ taken.dev'],
      notes: [note('dev')],
      status: 0,
    });
  });

  it.each<[string, Script]>([
    ['are in the answer', nameServers],
    ['are in a referral', reply({ authorities: [record('NS', 'own.dev', 'ns.own.dev')] })],
    ['have an SOA of their own instead', reply({ authorities: [alone('own.dev')] })],
  ])('a name is there whose name servers %s', async (_what, script) => {
    const server = await serve(
      wildcard('dev', madeUp, { ...zone, 'own.dev': forType('NS', script, madeUp) }),
    );
    expect(await ask([server], 'own', 'free')).toEqual({
      lines: ['  free.dev', '+ own.dev'],
      notes: [note('dev')],
      status: 0,
    });
  });

  it('a longer name is there by the zone that it is in, which is below the suffix', async () => {
    const www = forType('NS', reply({ authorities: [alone('live.dev')] }), answer('192.0.2.1'));
    const server = await serve(wildcard('dev', madeUp, { ...zone, 'www.live.dev': www }));
    const { lines, status } = await ask([server], 'www.live.dev', 'www.free.dev');
    expect({ lines, status }).toEqual({ lines: ['  www.free.dev', '+ www.live.dev'], status: 0 });
  });

  it.each<[string, Script, string]>([
    ['with name servers', forType('NS', nameServers, madeUp), 'nothing can be told apart'],
    ['with an SOA of its own', forType('NS', ownAuthority, madeUp), 'nothing can be told apart'],
  ])('%s, nothing can be told apart: all are unknown', async (_what, made, reason) => {
    const server = await serve(wildcard('dev', made));
    const { lines, notes, status } = await ask([server], 'live', 'taken', 'free');
    expect(lines).toEqual([
      expect.stringMatching(`^\\? free\\.dev {2}.*\\.dev.*${reason}`),
      expect.stringMatching(`^\\? live\\.dev {2}.*\\.dev.*${reason}`),
      expect.stringMatching(`^\\? taken\\.dev {2}.*\\.dev.*${reason}`),
    ]);
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 1 });
  });

  it.each<[string, Script]>([
    ['without any SOA', reply({})],
    ['with the SOA of another suffix', reply({ authorities: [alone('example')] })],
    ['with an alias', reply({ answers: [record('CNAME', 'free.dev', 'parked.example')] })],
  ])('an answer %s proves nothing, and only that name is unknown', async (_what, script) => {
    const made = forType('NS', script, madeUp);
    const server = await serve(wildcard('dev', madeUp, { ...zone, 'free.dev': made }));
    const { lines, notes, status } = await ask([server], 'live', 'free', 'or');
    expect(lines).toEqual(['  or.dev', '+ live.dev', expect.stringMatching(/^\? free\.dev {2}.*\.dev/)]);
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 1 });
  });

  it('and no SOA is given for any, made-up names are unknown, and real ones are known', async () => {
    const server = await serve(wildcard('dev', forType('NS', reply({}), madeUp)));
    const { lines, status } = await ask([server], 'live', 'taken', 'free');
    expect(lines).toEqual(['+ live.dev', expect.stringMatching(/^\? free\.dev {2}./), '~ taken.dev']);
    expect(status).toBe(1);
  });

  it.each<[string, Script, string]>([
    ['gets no answer', silent, 'no reply from FIRST in 2 tries'],
    ['is refused', refuse, 'REFUSED from FIRST'],
    ['fails', fail(), 'SERVFAIL from FIRST'],
  ])('a name whose query for name servers %s is unknown, for that reason', async (_what, script, reason) => {
    const made = forType('NS', script, answer('192.0.2.1'));
    const server = await serve(wildcard('dev', madeUp, { ...zone, 'own.dev': made }));
    const { lines, status } = await ask([server], '--timeout', '0.1', '--tries', '2', 'own', 'free', 'live');
    expect(lines).toEqual(['  free.dev', '+ live.dev', expect.stringMatching(/^\? own\.dev {2}./)]);
    expect(lines[2]).toContain(reason);
    expect(status).toBe(1);
  });

  it('by an alias, no name is live or taken for that alone', async () => {
    const server = await serve(wildcard('dev', aliased));
    const { lines } = await ask([server], 'live', 'free', 'or');
    expect(lines).toEqual([
      '+ live.dev',
      ...['free', 'or'].map((word) => expect.stringMatching(`^[ ?] ${word}`)),
    ]);
  });

  it('a name that is denied all the same is absent', async () => {
    const server = await serve(wildcard('dev', madeUp, { ...zone, 'free.dev': deny }));
    expect(await ask([server], 'free')).toMatchObject({ lines: ['  free.dev'], status: 0 });
  });

  it('the name servers of the random label are asked for once', async () => {
    const server = await serve(wildcard('dev'));
    await ask([server], 'live', 'taken', 'free', 'or', 'if');
    const asked = server.queries.filter(({ name, type }) => isRandom(name) && type === 'NS');
    expect(asked.filter(({ attempt }) => attempt === 1)).toHaveLength(1);
  });

  it('the names under other suffixes are not concerned', async () => {
    const server = await serve(wildcard('dev'));
    const { lines, notes, status } = await ask([server], 'live', 'free', '-t', 'dev,example');
    expect(lines).toEqual(['  free.dev', '  free.example', '+ live.dev', '+ live.example']);
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 0 });
    const asked = server.queries.filter(({ name, type }) => name.endsWith('.example') && type === 'NS');
    expect(asked).toEqual([]);
  });

  it.each(['co.uk', 'uk'])('the suffix may be a longer one, whose SOA is that of %s', async (authority) => {
    const empty = reply({ authorities: [alone(authority)] });
    const own = { A: ['192.0.2.3'], NS: ['ns.own.co.uk'] };
    const made = forType('NS', empty, madeUp);
    const server = await serve(wildcard('co.uk', made, { uk: {}, 'co.uk': {}, 'own.co.uk': own }));
    expect(await ask([server], 'own', 'free', '-t', 'co.uk')).toEqual({
      lines: ['  free.co.uk', '+ own.co.uk'],
      notes: [note('co\\.uk')],
      status: 0,
    });
  });

  it('--no-canary takes them all for live', async () => {
    const server = await serve(wildcard('dev'));
    expect(await ask([server], '--no-canary', 'live', 'free')).toEqual({
      lines: ['+ free.dev', '+ live.dev'],
      notes: [],
      status: 0,
    });
  });
});

describe.concurrent('a resolver that makes up an address for what does not exist', () => {
  it('makes no name live, with one note for each suffix', async () => {
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

  it('has one note, however many names it lies about', async () => {
    const server = await serve(lying());
    const words = Array.from({ length: 300 }, (_, index) => `x${index}`);
    const { lines, notes, status } = await ask([server], ...words);
    expect(lines).toEqual(words.map((word) => `  ${word}.dev`).toSorted());
    expect({ notes, status }).toEqual({ notes: [note('dev')], status: 0 });
  });

  it('gives no address to a name that it made up', async () => {
    const { address } = await serve(lying());
    const options = { servers: [address] };
    expect(await probe('free.dev', options)).toMatchObject({
      status: 'absent',
      addresses: [],
      rcode: 'NXDOMAIN',
    });
    expect(await probe('live.dev', options)).toMatchObject({ status: 'live', addresses: ['192.0.2.1'] });
  });

  it('is not believed over TCP either', async () => {
    const lie = lying();
    const server = await serve((query) => truncated(lie(query)));
    expect(await ask([server], 'live', 'free')).toEqual({
      lines: ['  free.dev', '+ live.dev'],
      notes: [note('dev')],
      status: 0,
    });
  });
});

function ownAuthority(...[query, client]: Parameters<typeof madeUp>): void {
  reply({ authorities: [alone(query.name)] })(query, client);
}

function aliased(...[query, client]: Parameters<typeof madeUp>): void {
  reply({ answers: [record('CNAME', query.name, 'parked.example')] })(query, client);
}
