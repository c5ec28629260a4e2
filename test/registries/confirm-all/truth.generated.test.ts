import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type Candidate, parseWholeName } from '../../../src/names/candidate.js';
import type { ProbeResult } from '../../../src/probe/result.js';
import { openChosenProber } from '../../../src/probers/index.js';
import { createClient } from '../../../src/registries/client/client.js';
import { createConfirm } from '../../../src/registries/confirm.js';
import { confirmAll } from '../../../src/registries/confirm-all.js';
import { createDirectory } from '../../../src/registries/directory.js';
import { createLookUp } from '../../../src/registries/look-up.js';
import { readBootstrap } from '../../../src/registries/rdap/bootstrap.js';
import { parseServer } from '../../../src/servers/server-choice.js';
import { asCompleted, inBatches } from '../../../src/util/as-completed.js';
import * as dns from '../../helpers/name-server.js';
import { serveRdap } from '../../helpers/rdap-server/registries.js';
import * as rdap from '../../helpers/rdap-server.js';
import {
  dnsFaults,
  faulty,
  isConfirmable,
  isLasting,
  suffix,
  type Truth,
  withRegistryFault,
  zoneOf,
} from '../faults.js';

// Registries are asked ten times as fast as usual, and refusals delay the next request by 50 ms at most.
vi.mock('../../../src/registries/client/request-pacing.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../src/registries/client/request-pacing.js')>();
  const createAdaptivePacing: typeof original.createAdaptivePacing = (clock) => {
    const pacing = original.createAdaptivePacing(clock);
    return { ...pacing, reserveSlot: () => Math.min(pacing.reserveSlot() / 10, 50) };
  };
  return { ...original, createAdaptivePacing };
});

type Suffix = typeof suffix extends fc.Arbitrary<infer Value> ? Value : never;

/** A suffix that does not exist on the internet, different for each index. */
const tldOf = (index: number) => `test${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`;
const nameOf = (index: number, tld: string) => `name${index}.${tld}`;

/** Suffixes with their indexes. */
type Indexed = readonly (readonly [index: number, suffix: Suffix])[];

/** Starts one name server for several suffixes. */
async function serveZones(suffixes: Indexed) {
  const scripts = new Map<string, dns.Behaviour>();
  for (const [index, { kind, names, suffixFault, randomFault }] of suffixes) {
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
async function serveRegistries(suffixes: Indexed) {
  const web = await serveRdap(() => rdap.html404());
  const services: Record<string, string> = {};
  for (const [index, { names, service, registryFault }] of suffixes) {
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
    services[tld] = (await serveRdap(withRegistryFault(registryFault, Object.fromEntries(actions)))).url;
  }
  return readBootstrap(JSON.parse(rdap.bootstrapFor(services))) ?? expect.fail('Expected a bootstrap file');
}

function candidate(name: string): Candidate {
  const parsed = parseWholeName(name);
  return 'problem' in parsed ? expect.fail(parsed.problem) : parsed;
}

/** Probes and confirms all names in the same way as the command, and collects the results. */
async function run(suffixes: Indexed, results: Map<string, ProbeResult>): Promise<void> {
  const [{ address }, bootstrap] = [await serveZones(suffixes), await serveRegistries(suffixes)];
  const server = parseServer(address) ?? expect.fail('Expected an address');
  const prober = openChosenProber({ servers: [server], timeout: 100, tries: 3, canary: true });
  onTestFinished(prober.close);
  const confirm = createConfirm(createLookUp(async () => createDirectory(bootstrap), createClient(600)));
  const candidates = suffixes.flatMap(([index, { names }]) =>
    names.map((_name, position) => candidate(nameOf(position, tldOf(index)))),
  );
  const room = () => prober.capacity() + prober.waiting();
  const probed = asCompleted(inBatches(candidates), room, prober.probe);
  for await (const batch of confirmAll(probed, confirm)) {
    for (const result of batch) results.set(result.name, result);
  }
}

/** Suffixes that share a name server. */
const groupSize = 6;

/** Describes what is wrong with a result, if anything. */
function mistake(truth: Truth, { status, reason = '' }: ProbeResult): string | undefined {
  if (truth === 'free') return status === 'live' ? 'is free, and the result is live' : undefined;
  if (status === 'unregistered') return 'is registered, and the result is unregistered';
  const silent = status === 'absent' && !reason.includes('could not be confirmed');
  return silent ? 'is registered, and the result is absent without a reason' : undefined;
}

it('no fault makes a registered name unregistered or a free name live', async () => {
  const suffixes = fc.sample(suffix, { seed: 20260809, numRuns: 60 });
  const indexed = [...suffixes.entries()];
  const results = new Map<string, ProbeResult>();
  // A name server that fails for many names is asked slowly, so there are several.
  const groups = indexed.flatMap((_, index) =>
    index % groupSize ? [] : [indexed.slice(index, index + groupSize)],
  );
  await Promise.all(groups.map((group) => run(group, results)));
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

/** A result of a name that the DNS does not know, or about which it gives no answer. */
function resultOf(name: string, position: number): ProbeResult {
  const common = { ...candidate(name), addresses: [], tries: 1, ms: 1, evidence: [] };
  return position % 3 === 0
    ? { ...common, status: 'unknown', reason: 'SERVFAIL' }
    : { ...common, status: 'absent' };
}

/** Describes what is wrong with a confirmed result, if anything. */
function confirmationMistake(
  { names, registryFault, service }: Suffix,
  position: number,
  result: ProbeResult,
) {
  const { truth, rdapFault } = names[position] ?? expect.fail('Expected a name');
  const expected = truth === 'free' ? 'unregistered' : 'taken';
  if (result.status === expected) return undefined;
  if (result.status === 'taken' || result.status === 'unregistered') return `is not ${result.status}`;
  if (!result.reason?.includes('could not be confirmed')) return 'has no reason';
  const mayBeGivenUp = names.filter(({ rdapFault }) => isLasting(rdapFault)).length >= 3;
  return service === 'a registry' && !mayBeGivenUp && isConfirmable(rdapFault, registryFault)
    ? 'should have been confirmed'
    : undefined;
}

it('a registry that fails for a while costs no name its answer', async () => {
  const suffixes = fc.sample(suffix, { seed: 20261126, numRuns: 24 });
  const bootstrap = await serveRegistries([...suffixes.entries()]);
  const confirm = createConfirm(createLookUp(async () => createDirectory(bootstrap), createClient(10_000)));
  async function* probed(): AsyncGenerator<ProbeResult[]> {
    for (const [index, { names }] of suffixes.entries())
      yield names.map((_name, position) => resultOf(nameOf(position, tldOf(index)), position));
  }
  const results = new Map<string, ProbeResult>();
  for await (const batch of confirmAll(probed(), confirm)) {
    for (const result of batch) results.set(result.name, result);
  }
  const mistakes: string[] = [];
  for (const [index, faults] of suffixes.entries()) {
    for (const [position, given] of faults.names.entries()) {
      const name = nameOf(position, tldOf(index));
      const result = results.get(name) ?? expect.fail(`Expected a result for ${name}`);
      const wrong = confirmationMistake(faults, position, result);
      if (wrong) mistakes.push(JSON.stringify({ wrong, ...given, fault: faults.registryFault, result }));
    }
  }
  expect(mistakes).toEqual([]);
  expect(results.size).toBe(240);
}, 120_000);
