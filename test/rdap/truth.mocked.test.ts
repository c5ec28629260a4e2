import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Candidate, parseWholeName } from '../../src/names/candidate.js';
import { openProber } from '../../src/probe/prober.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { parseServer } from '../../src/probe/servers.js';
import { readBootstrap } from '../../src/rdap/bootstrap.js';
import { createConfirm } from '../../src/rdap/confirm.js';
import { createLookUp } from '../../src/rdap/look-up.js';
import { asCompleted, inBatches } from '../../src/util/as-completed.js';
import * as dns from '../helpers/name-server.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as rdap from '../helpers/rdap-server.js';
import { dnsFaults, faulty, suffix, type Truth, zoneOf } from './faults.js';

// Asks registries ten times as fast as usual.
vi.mock('../../src/rdap/request-pacing.js', async (importOriginal) => {
  const { createRequestPacing } = await importOriginal<typeof import('../../src/rdap/request-pacing.js')>();
  const createFastPacing = () => {
    const pacing = createRequestPacing();
    return { ...pacing, reserveSlot: () => pacing.reserveSlot() / 10 };
  };
  return { createRequestPacing: createFastPacing };
});

type Suffix = typeof suffix extends fc.Arbitrary<infer Value> ? Value : never;

/** A suffix that does not exist on the internet, different for each index. */
const tldOf = (index: number) => `test${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`;
const nameOf = (index: number, tld: string) => `name${index}.${tld}`;

/** Starts one name server for all suffixes. */
async function serveZones(suffixes: readonly Suffix[]) {
  const scripts = new Map<string, dns.Behaviour>();
  for (const [index, { kind, names, suffixFault, randomFault }] of suffixes.entries()) {
    const tld = tldOf(index);
    const own = kind === 'denied' ? dns.deny : dns.noData;
    const [suffixScript, randomScript] = [
      dnsFaults[suffixFault](own),
      dnsFaults[randomFault](zoneOf('free', kind)),
    ];
    scripts.set(tld, ({ name }) => (name === tld ? suffixScript : randomScript));
    for (const [position, { truth, dnsFault }] of names.entries()) {
      const script = dnsFaults[dnsFault](zoneOf(truth, kind));
      scripts.set(nameOf(position, tld), () => script);
    }
  }
  const server = await dns.startNameServer((query) => {
    const script = scripts.get(query.name) ?? scripts.get(query.name.slice(query.name.indexOf('.') + 1));
    return script?.(query) ?? dns.noData;
  });
  onTestFinished(() => server.close());
  return server;
}

/** Starts a registry for each suffix, so that they are all asked at the same time. */
async function serveRegistries(suffixes: readonly Suffix[]) {
  const web = await serveRdap(() => rdap.html404());
  const services: Record<string, string> = {};
  for (const [index, { names, service }] of suffixes.entries()) {
    if (service === 'none') continue;
    const tld = tldOf(index);
    const actions = names.map(({ truth, rdapFault }, position) => {
      const truthful =
        truth === 'free'
          ? position % 2
            ? rdap.notFound()
            : rdap.notFoundEmpty()
          : rdap.found(['client hold']);
      return [nameOf(position, tld), faulty(rdapFault, truthful, web)] as const;
    });
    services[tld] = (await serveRdap(Object.fromEntries(actions))).url;
  }
  return readBootstrap(JSON.parse(rdap.bootstrapFor(services))) ?? expect.fail('Expected a bootstrap file');
}

function candidate(name: string): Candidate {
  const parsed = parseWholeName(name);
  return 'problem' in parsed ? expect.fail(parsed.problem) : parsed;
}

/** Probes and confirms all names in the same way as the command. */
async function run(suffixes: readonly Suffix[]): Promise<Map<string, ProbeResult>> {
  const [{ address }, bootstrap] = [await serveZones(suffixes), await serveRegistries(suffixes)];
  const server = parseServer(address) ?? expect.fail('Expected an address');
  const prober = openProber({ servers: [server], timeout: 100, tries: 3, canary: true });
  onTestFinished(prober.close);
  const confirm = createConfirm(createLookUp(async () => bootstrap, 300));
  const candidates = suffixes.flatMap(({ names }, index) =>
    names.map((_name, position) => candidate(nameOf(position, tldOf(index)))),
  );
  const results = new Map<string, ProbeResult>();
  const probed = asCompleted(inBatches(candidates), prober.capacity, prober.probe);
  for await (const batch of asCompleted(probed, candidates.length, confirm)) {
    for (const result of batch) results.set(result.name, result);
  }
  return results;
}

/** Describes what is wrong with a result, if anything. */
function mistake(truth: Truth, { status, reason = '' }: ProbeResult): string | undefined {
  if (truth === 'free') return status === 'live' ? 'is free, and the result is live' : undefined;
  if (status === 'unregistered') return 'is registered, and the result is unregistered';
  const silent = status === 'absent' && !reason.includes('could not be confirmed');
  return silent ? 'is registered, and the result is absent without a reason' : undefined;
}

it('no fault makes a registered name unregistered or a free name live', async () => {
  const suffixes = fc.sample(suffix, { seed: 20260809, numRuns: 60 });
  const results = await run(suffixes);
  const mistakes: string[] = [];
  const tally = new Map<string, number>();
  for (const [index, { names, ...faults }] of suffixes.entries()) {
    for (const [position, given] of names.entries()) {
      const name = nameOf(position, tldOf(index));
      const result = results.get(name) ?? expect.fail(`Expected a result for ${name}`);
      const wrong = mistake(given.truth, result);
      if (wrong) mistakes.push(JSON.stringify({ name, wrong, ...given, ...faults, result }));
      const outcome = `${given.truth}: ${result.status}`;
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    }
  }
  expect(mistakes).toEqual([]);
  expect(results.size).toBe(600);
  // Shows that the sample covers these outcomes.
  const frequent = ['in use: live', 'without an address: taken', 'held: taken', 'held: absent'];
  for (const outcome of [
    ...frequent,
    'free: unregistered',
    'free: absent',
    'held: unknown',
    'free: unknown',
  ]) {
    expect([outcome, (tally.get(outcome) ?? 0) >= 10]).toEqual([outcome, true]);
  }
}, 120_000);
