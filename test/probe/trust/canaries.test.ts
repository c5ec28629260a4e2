import { describe, expect, it } from 'vitest';
import { probe, probeAll } from '../../../src/index.js';
import { blogdom, serve } from '../../helpers/command.js';
import { gate, lose, type NameServer, silent } from '../../helpers/name-server.js';
import { ask, except, honest, isRandom, lying, wildcard, zone } from './network.js';

const namesAsked = ({ queries }: NameServer) => queries.map(({ name }) => name);
const randomNames = (server: NameServer) => namesAsked(server).filter(isRandom);

describe.concurrent('the canaries', () => {
  it('are two queries a suffix and server, and no more, however many names there are', async () => {
    const servers = [await serve(zone), await serve(zone)];
    const names = ['dev', 'example'].flatMap((suffix) =>
      ['live', ...Array.from({ length: 100 }, (_, index) => `x${index}`)].map((word) => `${word}.${suffix}`),
    );
    const statuses = new Set<string>();
    // One try each: what is asked again where the machine is busy would count as well.
    const options = { servers: servers.map(({ address }) => address), tries: 1 };
    for await (const result of probeAll(names, options)) statuses.add(result.status);
    expect(statuses).toEqual(new Set(['live', 'absent']));
    for (const server of servers) {
      const others = namesAsked(server).filter((name) => !names.includes(name));
      expect(others.toSorted((a, b) => a.length - b.length)).toEqual([
        'dev',
        'example',
        expect.stringMatching(/^[a-z0-9]{16,63}\.dev$/),
        expect.stringMatching(/^[a-z0-9]{16,63}\.example$/),
      ]);
    }
  });

  it.each([
    [1, 1],
    [256, 3],
  ])('are asked at the same time as the first names (concurrency %i)', async (concurrency, inFlight) => {
    const { hold, release } = gate();
    const truth = honest();
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

  it('have a label that is new in every run, and for every suffix', async () => {
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
    ['what --tld gave', ['x', 'y', '-t', 'dev'], ['dev']],
    ['each top-level domain', ['x', '-t', 'dev,example'], ['dev', 'example']],
    ['a longer suffix', ['x', '-t', 'co.uk'], ['co.uk']],
    ['a suffix in its ASCII form', ['x', '-t', 'рф'], ['xn--p1ai']],
    ["a whole name's last label", ['x.co.uk', 'www.live.dev'], ['dev', 'uk']],
  ])('are sent for %s', async (_what, args, suffixes) => {
    const server = await serve({ ...zone, 'co.uk': {}, 'xn--p1ai': {} });
    const { notes, status } = await ask([server], ...args);
    expect({ notes, status }).toEqual({ notes: [], status: 0 });
    expect(randomNames(server).map((name) => name.slice(name.indexOf('.') + 1))).toEqual(
      expect.arrayContaining(suffixes),
    );
    expect(randomNames(server)).toHaveLength(suffixes.length);
    expect(namesAsked(server)).toEqual(expect.arrayContaining(suffixes));
  });

  it.each([
    ['the suffix', (name: string) => name === 'dev'],
    ['the random label', isRandom],
  ])('are asked again where they are lost (%s)', async (_what, isLost) => {
    const truth = honest();
    const server = await serve((query) => (isLost(query.name) ? lose(2, truth(query)) : truth(query)));
    expect(await ask([server], '--timeout', '0.1', 'live', 'taken', 'free')).toEqual({
      lines: ['  free.dev', '+ live.dev', '~ taken.dev'],
      notes: [],
      status: 0,
    });
  });

  it.each([
    ['the suffix', 'free', (name: string) => name === 'dev'],
    ['the random label', 'live', isRandom],
  ])('are asked as often as a name is (%s)', async (_what, word, isLost) => {
    const server = await serve(except(isLost, silent, honest()));
    const { status } = await ask([server], '--timeout', '0.1', '--tries', '3', word);
    expect(status).toBe(1);
    expect(namesAsked(server).filter(isLost)).toHaveLength(3);
  });
});

describe.concurrent('without canaries', () => {
  it('(--no-canary) nothing but the names is asked, and every answer is believed', async () => {
    const server = await serve(lying());
    const { lines, notes, status } = await ask([server], '--no-canary', 'live', 'free', 'free.dvv');
    expect({ lines, notes, status }).toEqual({
      lines: ['+ free.dev', '+ free.dvv', '+ live.dev'],
      notes: [],
      status: 0,
    });
    expect(namesAsked(server).toSorted()).toEqual(['free.dev', 'free.dvv', 'live.dev']);
  });

  it('(canary: false) the library does the same', async () => {
    const server = await serve(lying());
    const options = { servers: [server.address], canary: false };
    expect(await probe('free.dev', options)).toMatchObject({ status: 'live', addresses: ['192.0.2.66'] });
    expect(namesAsked(server)).toEqual(['free.dev']);
  });

  it('nothing is asked for --list', async () => {
    const server = await serve(zone);
    expect(await ask([server], '--list', 'live')).toEqual({ lines: ['live.dev'], notes: [], status: 0 });
    expect(server.queries).toEqual([]);
  });
});

it.each(['live.dev', 'free.dev'])('the library asks them unless it is told not to (%s)', async (name) => {
  const server = await serve(lying());
  const result = await probe(name, { servers: [server.address] });
  expect(result.status).toBe(name === 'live.dev' ? 'live' : 'absent');
  expect(randomNames(server).length).toBeGreaterThan(0);
});

describe.concurrent('evidence', () => {
  const random = (said: string) => expect.stringMatching(`^[a-z0-9]{16,63}\\.dev ${said}$`);

  it.each([
    ['a live name', 'live', honest(), ['A: NOERROR, address', 'dev exists', random('does not exist')]],
    ['a taken name', 'taken', honest(), ['AAAA: NOERROR, no record', 'dev exists', random('does not exist')]],
    ['an absent name', 'free', honest(), ['A: NXDOMAIN', 'dev exists']],
    [
      'a name beside made-up ones',
      'live',
      wildcard('dev'),
      [random('exists'), expect.stringMatching(/^NS: /)],
    ],
    ['a made-up name', 'free', wildcard('dev'), [random('exists'), expect.stringMatching(/^NS: /)]],
    ['a name whose suffix is denied', 'x.dvv', honest(), ['A: NXDOMAIN', 'dvv does not exist']],
  ])('of %s says what its verdict rests on', async (_what, word, behaviour, expected) => {
    const server = await serve(behaviour);
    const { stdout } = await blogdom(['-s', server.address, '-o', 'json', word]);
    expect(JSON.parse(stdout).evidence).toEqual(expect.arrayContaining(expected));
  });

  it('without canaries is what was asked and what came', async () => {
    const server = await serve(zone);
    const { stdout } = await blogdom(['-s', server.address, '--no-canary', '-o', 'json', 'live']);
    expect(JSON.parse(stdout).evidence).toEqual(['A: NOERROR, address']);
  });
});
