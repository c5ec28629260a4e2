import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { transports } from '../../src/dns/transport/index.js';
import type { OpenTransport } from '../../src/dns/transport/transport.js';
import { defaults } from '../../src/probe/defaults.js';
import { openProber } from '../../src/probe/prober.js';
import { byTransport, fail, fromZone, loseSome, type NameServer, type Zone } from '../helpers/name-server.js';
import { serve, serverAt } from '../helpers/resolving.js';

/** Kinds of names, each with its entry in the zone and the truth about it. */
const kinds = {
  'an IPv4 address': { zone: { A: ['192.0.2.1'] }, truth: 'live 192.0.2.1' },
  'an IPv6 address': { zone: { AAAA: ['2001:db8::1'] }, truth: 'live 2001:db8::1' },
  'both addresses': { zone: { A: ['192.0.2.2'], AAAA: ['2001:db8::2'] }, truth: 'live 192.0.2.2' },
  'no address': { zone: {}, truth: 'taken' },
  'an alias with an address': { zone: { CNAME: 'six.example' }, truth: 'live 2001:db8::6' },
  'an alias without an address': {
    zone: { CNAME: 'bare.example' },
    truth: 'taken alias of bare.example, no address given',
  },
  'an alias to nowhere': {
    zone: { CNAME: 'gone.example' },
    truth: 'taken alias of gone.example, which does not exist',
  },
  'no existence': { zone: undefined, truth: 'absent' },
  'no answer': { zone: fail('SERVFAIL'), truth: 'unknown SERVFAIL' },
} as const;

type Kind = keyof typeof kinds;

/** Generates names, each with its kind. */
function generateNames(count: number, seed: number): ReadonlyMap<string, Kind> {
  const anyKind = fc.constantFrom(...Object.keys(kinds).filter((key): key is Kind => key in kinds));
  const sample = fc.sample(anyKind, { seed, numRuns: count });
  return new Map(sample.map((kind, index) => [`name-${index}.dev`, kind]));
}

function zoneOf(names: ReadonlyMap<string, Kind>): Zone {
  const entries = [...names].flatMap(([name, kind]) => {
    const { zone } = kinds[kind];
    return zone === undefined ? [] : [[name, zone] as const];
  });
  const targets = { dev: {}, 'six.example': { AAAA: ['2001:db8::6'] }, 'bare.example': {} };
  return { ...Object.fromEntries(entries), ...targets };
}

/** Probes all names at once, and says in a line what was found out about each. */
function linesOf(names: Iterable<string>, server: NameServer): Promise<string[]> {
  const { tries } = defaults;
  const prober = openProber({ servers: [serverAt(server)], timeout: 3000, tries, canary: true });
  onTestFinished(prober.close);
  const lines = Array.from(names, async (name) => {
    const candidate = { name, word: name.replace('.dev', ''), tld: 'dev' };
    const { status, addresses, reason } = await prober.probe(candidate);
    const why = reason?.replace(/ from (udp|tcp):\/\/[0-9.:]+/, '') ?? [];
    return [name, status, ...addresses].concat(why).join(' ');
  });
  return Promise.all(lines);
}

describe('openProber', () => {
  it('finds the truth about thousands of names although a tenth of the datagrams is lost', async () => {
    const names = generateNames(2500, 7);
    const replies = fromZone(zoneOf(names));
    // TCP repeats what the network loses.
    const lossy = byTransport({ udp: loseSome(0.1, 7, replies), tcp: replies });
    const server = await serve(() => lossy);
    expect(await linesOf(names.keys(), server)).toEqual(
      Array.from(names, ([name, kind]) => `${name} ${kinds[kind].truth}`),
    );
    expect(server.queries.some(({ attempt }) => attempt > 1)).toBe(true);
  }, 20_000);

  it('sends no canaries to getaddrinfo, which cannot answer them', async () => {
    const names: string[] = [];
    const open: OpenTransport = (_endpoint, _timeout, settled) => ({
      reliable: true,
      enforcesTimeout: true,
      ask(query) {
        names.push(query.question.name);
        const reply = { truncated: false, addresses: ['192.0.2.1'] };
        setImmediate(() => settled(query, { reply, server: 'system' }));
      },
      forget() {},
      close() {},
    });
    const opening = vi.spyOn(transports.system, 'open').mockImplementation(open);
    onTestFinished(() => opening.mockRestore());
    const server = { scheme: 'system', url: 'system', address: '', port: 0 } as const;
    const prober = openProber({ servers: [server], timeout: 3000, tries: 1, canary: true });
    onTestFinished(prober.close);
    const { status } = await prober.probe({ name: 'x.dev', word: 'x', tld: 'dev' });
    expect([status, names]).toEqual(['live', ['x.dev']]);
  });
});
