import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Authority, makeAuthority } from '../../helpers/certificate.js';
import { blogdom, serve, sortedLines } from '../../helpers/command.js';
import * as act from '../../helpers/name-server.js';
import { schemes, urlOf } from './connecting.js';

let authority: Authority | undefined;
beforeAll(async () => {
  authority = await makeAuthority();
});
afterAll(() => authority?.remove());

/** What the zone has of a name, and the line that is true of it. */
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

/** A server that closes and resets connections, between replies and within them. */
function unsteady(truth: act.Zone, seed: number): act.Behaviour {
  const faults = [act.thenClose, act.cutShort, act.brokenOff, () => act.reset, () => act.resetStream];
  const script = faults.reduce(
    (sound, fault, index) => act.spoilSome(0.003, seed + index, fault(sound), sound),
    act.fromZone(truth),
  );
  return () => script;
}

it.each(schemes)(
  'thousands of names come out over %s once each with what is true of them, though connections end at random',
  async (scheme) => {
    const names = generate(2000, 11);
    const zone = names.flatMap(({ name, records }) => (records ? [[name, records] as const] : []));
    const certificate = await authority?.issue();
    const server = await serve(unsteady({ ...Object.fromEntries(zone), dev: {} }, 5), {
      ...(certificate && scheme !== 'tcp' && { secure: { protocol: scheme, ...certificate } }),
    });
    // Node's HTTP/2 may miss a reset: a short time-out has such a connection given up sooner.
    const patience = ['--timeout', '0.5', '--tries', '20'];
    const { stdout, stderr, status } = await blogdom(['-s', urlOf(scheme, server), ...patience, '-'], {
      input: names.map(({ name }) => name).join('\n'),
      env: { NODE_EXTRA_CA_CERTS: authority?.file ?? '' },
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(sortedLines(stdout)).toEqual(names.map(({ name, line }) => line(name)).toSorted());
    expect(server.connections).toBeGreaterThan(10);
  },
);
