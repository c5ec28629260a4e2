import { describe, expect, it } from 'vitest';
import { type ProbeOptions, type ProbeResult, probe, probeAll } from '../../src/index.js';
import { honest } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { one, serve } from '../helpers/resolving.js';
import { collect, isMadeUp } from './running.js';

const zone = {
  'live.dev': { A: ['192.0.2.1'] },
  'six.dev': { AAAA: ['2001:db8::1'] },
  'alias.dev': { CNAME: 'gone.example' },
  'refused.dev': act.refuse,
};

/** What came to a server in the end, the name that a canary made up being `(random)`. */
const asked = ({ queries }: act.NameServer) =>
  queries.map(({ name, type }) => `${isMadeUp(name) ? name.replace(/^[^.]+/, '(random)') : name} ${type}`);

/** A result's evidence, the name that a canary made up being `(random)`; the two canaries come in any order. */
const evidenceOf = ({ evidence }: ProbeResult) =>
  evidence.map((each) => (isMadeUp(each) ? each.replace(/^[^.]+/, '(random)') : each)).toSorted();

describe('the servers are tested before they are believed', () => {
  it('once a suffix, by the suffix and by a name that nobody has', async () => {
    const server = await serve(honest(() => one));
    const names = ['a.dev', 'b.dev', 'c.com', 'd.dev', 'e.co.uk', 'f.com'];
    const results = await collect(probeAll(names, { servers: [server.address] }));
    expect(results.map(({ status }) => status)).toEqual(names.map(() => 'live'));
    expect(asked(server).toSorted()).toEqual(
      [
        ...names.map((name) => `${name} A`),
        ...['com NS', 'dev NS', 'uk NS'],
        ...['(random).com A', '(random).dev A', '(random).uk A'],
      ].toSorted(),
    );
  });

  it('each of them', async () => {
    const servers = [await serve(honest(() => one)), await serve(honest(() => one))] as const;
    await probe('a.dev', { servers: servers.map(({ address }) => address) });
    await servers[1].received(2);
    expect(asked(servers[1]).toSorted()).toEqual(['(random).dev A', 'dev NS']);
    expect(asked(servers[0]).toSorted()).toEqual(['(random).dev A', 'a.dev A', 'dev NS']);
  });

  it('anew in every run', async () => {
    const server = await serve(honest(() => one));
    for (let run = 0; run < 3; run++) await probe('a.dev', { servers: [server.address] });
    const madeUp = server.queries.map(({ name }) => name).filter(isMadeUp);
    expect(new Set(madeUp).size).toBe(3);
  });

  it('and what the tests take counts for none of the names', async () => {
    const server = await serve(zone);
    expect(await probe('live.dev', { servers: [server.address] })).toMatchObject({ tries: 1 });
    expect(await probe('six.dev', { servers: [server.address] })).toMatchObject({ tries: 2 });
  });

  it('also where replies come over TCP', async () => {
    const denying = await serve(() => act.truncated(act.deny));
    expect((await probe('a.dev', { servers: [denying.address] })).status).toBe('unknown');
    const inventing = await serve(() => act.truncated(one));
    expect((await probe('a.dev', { servers: [inventing.address] })).status).toBe('absent');
  });

  it('but not for what is no domain name', async () => {
    const server = await serve(honest(() => one));
    await probe('not a name', { servers: [server.address] });
    expect(server.queries).toEqual([]);
  });
});

describe('with `canary: false` every server is believed', () => {
  const canary = false;

  it('and nothing but the names is asked for', async () => {
    const server = await serve(zone);
    await collect(probeAll(['live.dev', 'six.dev', 'free.dev'], { servers: [server.address], canary }));
    expect(asked(server).toSorted()).toEqual(['free.dev A', 'live.dev A', 'six.dev A', 'six.dev AAAA']);
  });

  const liars: readonly (readonly [string, act.Zone, string, ProbeOptions, ProbeResult['status']])[] = [
    ['has no top-level domain dev', { 'x.com': {} }, 'free.dev', {}, 'unknown'],
    ['has no top-level domain dev', { 'x.com': {} }, 'free.dev', { canary }, 'absent'],
    ['has not even the root', { '.': act.deny }, 'free.dev', {}, 'unknown'],
    ['has not even the root', { '.': act.deny }, 'free.dev', { canary }, 'absent'],
  ];

  it.each(liars)('a server that %s, too: %j %s %j', async (_what, contents, name, options, status) => {
    const { address } = await serve(contents);
    expect((await probe(name, { servers: [address], ...options })).status).toBe(status);
  });

  it('a server that has an address for every name, too', async () => {
    const { address } = await serve(() => one);
    expect((await probe('free.dev', { servers: [address] })).status).toBe('absent');
    expect((await probe('free.dev', { servers: [address], canary })).status).toBe('live');
  });
});

describe('evidence says what came, about the name and of the tests', () => {
  it.each([
    ['live.dev', ['A: NOERROR, address', '(random).dev does not exist', 'dev exists']],
    [
      'six.dev',
      ['A: NOERROR, no record', 'AAAA: NOERROR, address', '(random).dev does not exist', 'dev exists'],
    ],
    ['alias.dev', ['A: NXDOMAIN, alias', '(random).dev does not exist', 'dev exists']],
  ])('of %s', async (name, expected) => {
    const { address } = await serve(zone);
    expect(evidenceOf(await probe(name, { servers: [address] }))).toEqual(expected.toSorted());
  });

  it('of a name that the DNS does not know, for which the suffix is enough', async () => {
    const { address } = await serve(zone);
    const result = await probe('free.dev', { servers: [address] });
    expect(evidenceOf(result)).toEqual(expect.arrayContaining(['A: NXDOMAIN', 'dev exists']));
  });

  it('of a name without an answer', async () => {
    const { address } = await serve(zone);
    const result = await probe('refused.dev', { servers: [address] });
    expect(result.evidence).toEqual([`REFUSED from udp://${address}`]);
  });

  it.each([
    ['live.dev', ['A: NOERROR, address']],
    ['free.dev', ['A: NXDOMAIN']],
  ])('of %s, about the name alone with `canary: false`', async (name, expected) => {
    const { address } = await serve(zone);
    expect((await probe(name, { servers: [address], canary: false })).evidence).toEqual(expected);
  });
});
