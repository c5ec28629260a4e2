import { describe, expect, it } from 'vitest';
import { probe, probeAll } from '../../src/index.js';
import { isRandom } from '../helpers/honest.js';
import * as act from '../helpers/name-server.js';
import { ask, except, lying, truthful, wildcard, zone } from '../helpers/network.js';
import { serve } from '../helpers/serve.js';

const namesAsked = ({ queries }: act.NameServer) => queries.map(({ name }) => name);
const randomNames = (server: act.NameServer) => namesAsked(server).filter(isRandom);

describe.concurrent('canaries', () => {
  it('are two queries for a name alone', async () => {
    const server = await serve(zone);
    await probe('live.dev', { servers: [server.address] });
    expect(namesAsked(server).toSorted((a, b) => a.length - b.length)).toEqual([
      'dev',
      'live.dev',
      expect.stringMatching(/^[a-z0-9]{16,63}\.dev$/),
    ]);
  });

  it('are few if there are many names', async () => {
    const servers = [await serve(zone), await serve(zone)];
    const names = ['dev', 'example'].flatMap((suffix) =>
      ['live', ...Array.from({ length: 1000 }, (_, index) => `x${index}`)].map((word) => `${word}.${suffix}`),
    );
    const statuses = new Set<string>();
    const options = { servers: servers.map(({ address }) => address) };
    for await (const result of probeAll(names, options)) statuses.add(result.status);
    expect(statuses).toEqual(new Set(['live', 'absent']));
    for (const server of servers) {
      const canaries = namesAsked(server).filter((name) => !names.includes(name));
      expect(canaries.length).toBeGreaterThanOrEqual(4);
      expect(canaries.length).toBeLessThan(200);
    }
  });

  it('are sent again with each name that is asked for alone, so that none waits for others', async () => {
    const server = await serve(zone);
    for await (const { status } of probeAll(['live.dev', 'free.dev'], {
      servers: [server.address],
      concurrency: 1,
    })) {
      expect(status).not.toBe('unknown');
    }
    const order = namesAsked(server).map((name) => (isRandom(name) ? 'random' : name));
    expect(order).toEqual(['live.dev', 'dev', 'random', 'free.dev', 'dev', 'random']);
  });

  it.each([
    [1, 1],
    [256, 3],
  ])('are sent together with the first names (concurrency %i)', async (concurrency, inFlight) => {
    const { hold, release } = act.gate();
    const truth = truthful();
    const server = await serve((query) => hold(truth(query)));
    const names = ['live.dev', 'taken.dev', 'free.dev'];
    const results = probeAll(names, { servers: [server.address], concurrency });
    const first = results.next();
    await server.received(inFlight + 2);
    expect(namesAsked(server)).toEqual(expect.arrayContaining(['dev', ...names.slice(0, inFlight)]));
    expect(randomNames(server)).toHaveLength(1);
    release();
    expect((await first).done).toBe(false);
    await results.return();
  });

  it('have a new label in every run and for every suffix', async () => {
    const labels: string[] = [];
    for (const _run of ['first', 'second']) {
      const server = await serve(zone);
      await ask([server], 'live', '-t', 'dev,example');
      labels.push(...randomNames(server).map((name) => name.slice(0, name.indexOf('.'))));
    }
    expect(labels).toHaveLength(4);
    expect(new Set(labels).size).toBe(4);
  });

  it.each([
    ['the domain that --tld gives', ['x', '-t', 'dev'], ['dev']],
    ['each domain that --tld gives', ['x', '-t', 'dev,example'], ['dev', 'example']],
    ['a suffix of several labels', ['x', '-t', 'co.uk'], ['co.uk']],
    ['the ASCII form of a suffix', ['x', '-t', 'рф'], ['xn--p1ai']],
    ['the last label of a whole name', ['x.co.uk', 'www.live.dev'], ['dev', 'uk']],
  ])('are sent for %s', async (_suffix, args, suffixes) => {
    const server = await serve({ ...zone, 'co.uk': {}, 'xn--p1ai': {} });
    const { notes, status } = await ask([server], ...args);
    expect({ notes, status }).toEqual({ notes: [], status: 0 });
    expect(randomNames(server).map((name) => name.slice(name.indexOf('.') + 1))).toEqual(
      expect.arrayContaining(suffixes),
    );
    expect(randomNames(server)).toHaveLength(suffixes.length);
    expect(namesAsked(server)).toEqual(expect.arrayContaining(suffixes));
  });

  it('are not sent for something that is not a domain name', async () => {
    const server = await serve(zone);
    await probe('not a name', { servers: [server.address] });
    expect(server.queries).toEqual([]);
  });

  it('are not counted in the tries of a name', async () => {
    const { address } = await serve({
      'live.dev': { A: ['192.0.2.1'] },
      'six.dev': { AAAA: ['2001:db8::1'] },
    });
    expect(await probe('live.dev', { servers: [address] })).toMatchObject({ tries: 1 });
    expect(await probe('six.dev', { servers: [address] })).toMatchObject({ tries: 2 });
  });

  it.each([
    ['the suffix', (name: string) => name === 'dev'],
    ['the random label', isRandom],
  ])('are sent again if they are lost (%s)', async (_canary, isLost) => {
    const truth = truthful();
    const server = await serve((query) => (isLost(query.name) ? act.lose(2, truth(query)) : truth(query)));
    expect(await ask([server], '--timeout', '0.1', 'live', 'taken', 'free')).toEqual({
      lines: ['  free.dev', '+ live.dev', '~ taken.dev'],
      notes: [],
      status: 0,
    });
  });

  it.each([
    ['the suffix', 'free', (name: string) => name === 'dev'],
    ['the random label', 'live', isRandom],
  ])('have as many tries as a name (%s)', async (_canary, word, isLost) => {
    const server = await serve(except(isLost, act.silent, truthful()));
    const { status } = await ask([server], '--timeout', '0.05', '--tries', '3', word);
    expect(status).toBe(1);
    expect(namesAsked(server).filter(isLost)).toHaveLength(3);
  });

  it.each([
    ['denies everything', act.deny, 'unknown'],
    ['makes up an address for every name', act.answer('192.0.2.66'), 'absent'],
  ])('expose a server that %s over TCP', async (_fault, script, status) => {
    const { address } = await serve(() => act.truncated(script));
    expect((await probe('free.dev', { servers: [address] })).status).toBe(status);
  });
});

describe.concurrent('without canaries', () => {
  it('blogdom --no-canary asks only for the names and believes every answer', async () => {
    const server = await serve(lying());
    expect(await ask([server], '--no-canary', 'live', 'free', 'free.dvv')).toEqual({
      lines: ['+ free.dev', '+ free.dvv', '+ live.dev'],
      notes: [],
      status: 0,
    });
    expect(namesAsked(server).toSorted()).toEqual(['free.dev', 'free.dvv', 'live.dev']);
  });

  it('the library asks only for the name and believes every answer', async () => {
    const server = await serve(lying());
    const options = { servers: [server.address], canary: false };
    expect(await probe('free.dev', options)).toMatchObject({ status: 'live', addresses: ['192.0.2.66'] });
    expect(namesAsked(server)).toEqual(['free.dev']);
  });
});

describe.concurrent('the evidence of a result', () => {
  const dev = 'dev exists';
  const random = 'RANDOM.dev does not exist';
  const madeUp = 'RANDOM.dev exists';
  const evidenceOf = async (name: string, { address }: act.NameServer) =>
    (await probe(name, { servers: [address] })).evidence
      .map((each) => (isRandom(each) ? each.replace(/^[^.]+/, 'RANDOM') : each))
      .toSorted();

  it.each([
    ['a live name', 'live.dev', truthful(), ['A: NOERROR, address', random, dev]],
    [
      'a name with only an IPv6 address',
      'six.dev',
      truthful({ 'six.dev': { AAAA: ['2001:db8::1'] } }),
      ['A: NOERROR, no record', 'AAAA: NOERROR, address', random, dev],
    ],
    [
      'an alias to nowhere',
      'alias.dev',
      truthful({ 'alias.dev': { CNAME: 'gone.example' } }),
      ['A: NXDOMAIN, alias', random, dev],
    ],
    [
      'a taken name',
      'taken.dev',
      truthful(),
      ['A: NOERROR, no record', 'AAAA: NOERROR, no record', random, dev],
    ],
    [
      'a live name among made-up ones',
      'live.dev',
      wildcard('dev'),
      ['A: NOERROR, address', 'NS: own zone', madeUp, dev],
    ],
    ['a made-up name', 'free.dev', wildcard('dev'), ['A: NOERROR, address', 'NS: none', madeUp, dev]],
  ])('tells about %s and about the canaries', async (_kind, name, behaviour, expected) => {
    expect(await evidenceOf(name, await serve(behaviour))).toEqual(expected.toSorted());
  });

  // The result does not wait for the random label, which may have come back by then.
  it.each([
    ['an absent name', 'free.dev', ['A: NXDOMAIN', dev]],
    ['a name whose suffix is denied', 'x.dvv', ['A: NXDOMAIN', 'dvv does not exist']],
  ])('tells about %s and about its suffix', async (_kind, name, expected) => {
    expect(await evidenceOf(name, await serve(zone))).toEqual(expect.arrayContaining(expected));
  });

  it('tells why a name has no answer', async () => {
    const { address } = await serve(except((name) => name === 'x.dev', act.refuse, truthful()));
    const { evidence } = await probe('x.dev', { servers: [address], tries: 2 });
    expect(evidence).toEqual([`REFUSED from udp://${address}`]);
  });

  it.each([
    ['live.dev', ['A: NOERROR, address']],
    ['free.dev', ['A: NXDOMAIN']],
  ])('tells only about the name without canaries (%s)', async (name, expected) => {
    const { address } = await serve(zone);
    expect((await probe(name, { servers: [address], canary: false })).evidence).toEqual(expected);
  });
});
