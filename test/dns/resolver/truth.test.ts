import fc from 'fast-check';
import { expect, it } from 'vitest';
import { probeAll } from '../../../src/index.js';
import { fail, fromZone, loseSome, type NameServer, type Zone } from '../../helpers/name-server.js';
import { serve } from '../../helpers/resolving.js';

/** Each kind of name: what the zone has of it, and what is true of it. */
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

function generate(count: number, seed: number): ReadonlyMap<string, Kind> {
  const arbitrary = fc.constantFrom(...Object.keys(kinds).filter((key): key is Kind => key in kinds));
  const sample = fc.sample(arbitrary, { seed, numRuns: count });
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

async function probed(names: Iterable<string>, { address }: NameServer): Promise<string[]> {
  const lines: string[] = [];
  for await (const { name, status, addresses, reason } of probeAll(names, { servers: [address] })) {
    const why = reason?.replace(/ from (udp|tcp):\/\//, ' from ').replace(` from ${address}`, '');
    lines.push([name, status, ...addresses, ...(why ? [why] : [])].join(' '));
  }
  return lines;
}

it('thousands of names come out once each with what is true of them, though a tenth of the queries is lost', async () => {
  const names = generate(2500, 7);
  const lossy = loseSome(0.1, 7, fromZone(zoneOf(names)));
  const server = await serve(() => lossy);
  const lines = await probed(names.keys(), server);
  expect(lines.toSorted()).toEqual(
    [...names].map(([name, kind]) => `${name} ${kinds[kind].truth}`).toSorted(),
  );
  expect(server.queries.some(({ attempt }) => attempt > 1)).toBe(true);
}, 20_000);
