import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemes, urlOf } from '../dns/transport/connecting.js';
import { startBlogdom } from '../helpers/built-command.js';
import { type Authority, makeAuthority } from '../helpers/certificate.js';
import { sortedLines } from '../helpers/command.js';
import * as act from '../helpers/name-server.js';
import { serve } from '../helpers/resolving.js';

let authority: Authority;
beforeAll(async () => {
  authority = await makeAuthority();
});
afterAll(() => authority.remove());

/** The records of a name, and the line that blogdom has to print for it. */
const kinds = [
  { records: { A: ['192.0.2.1'] }, line: (name: string) => `+ ${name}` },
  { records: { AAAA: ['2001:db8::1'] }, line: (name: string) => `+ ${name}` },
  { records: {}, line: (name: string) => `~ ${name}` },
  { records: undefined, line: (name: string) => `  ${name}` },
] as const;

function generate(count: number, seed: number) {
  const sample = fc.sample(fc.constantFrom(...kinds), { seed, numRuns: count });
  return sample.map((kind, index) => ({ name: `name-${index}.dev`, ...kind }));
}

/** A server that closes and resets connections at random, between replies and within them. */
function unsteady(zone: act.Zone, seed: number): act.Behaviour {
  const faults = [act.thenClose, act.cutShort, act.brokenOff, () => act.reset, () => act.resetStream];
  const script = faults.reduce(
    (sound, fault, index) => act.spoilSome(0.003, seed + index, fault(sound), sound),
    act.fromZone(zone),
  );
  return () => script;
}

describe('blogdom with a server that ends connections at random', () => {
  it.each(schemes)('prints the right line for each of 2,000 names over %s', async (scheme) => {
    const names = generate(2000, 11);
    const zone = names.flatMap(({ name, records }) => (records ? [[name, records] as const] : []));
    const certificate = await authority.issue();
    const server = await serve(
      unsteady({ ...Object.fromEntries(zone), dev: {} }, 5),
      scheme === 'tcp' ? {} : { secure: { protocol: scheme, ...certificate } },
    );
    // Node's HTTP/2 may miss a reset, so that only the time-out ends such a connection.
    const args = ['-s', urlOf(scheme, server), '--timeout', '0.5', '--tries', '20', '-'];
    const running = startBlogdom(args, { NODE_EXTRA_CA_CERTS: authority.file });
    running.endInput(names.map(({ name }) => name).join('\n'));
    const { stdout, stderr, status } = await running.ended;
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(sortedLines(stdout)).toEqual(names.map(({ name, line }) => line(name)).toSorted());
    expect(server.connections).toBeGreaterThan(10);
  });
});
