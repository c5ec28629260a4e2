import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { type Candidate, parseWholeName } from '../../src/names/candidate.js';
import { openProber } from '../../src/probe/prober.js';
import type { ProbeResult } from '../../src/probe/result.js';
import { parseServer } from '../../src/probe/servers.js';
import { readBootstrap } from '../../src/rdap/bootstrap.js';
import { openConfirm } from '../../src/rdap/confirm.js';
import { asCompleted, inBatches } from '../../src/util/as-completed.js';
import * as dns from '../helpers/name-server.js';
import { serveRdap } from '../helpers/rdap-server/registries.js';
import * as rdap from '../helpers/rdap-server.js';
import { dnsFaults, faulty, suffix, type Truth, zoneOf } from './faults.js';

type Suffix = typeof suffix extends fc.Arbitrary<infer Value> ? Value : never;

/** Two letters tell suffixes apart, and none of them is one of the internet's. */
const tldOf = (index: number) => `test${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`;
const nameOf = (index: number, tld: string) => `name${index}.${tld}`;

/** One name server for all suffixes. */
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
    for (const [place, { truth, dnsFault }] of names.entries()) {
      const script = dnsFaults[dnsFault](zoneOf(truth, kind));
      scripts.set(nameOf(place, tld), () => script);
    }
  }
  const server = await dns.startNameServer((query) => {
    const script = scripts.get(query.name) ?? scripts.get(query.name.slice(query.name.indexOf('.') + 1));
    return script?.(query) ?? dns.noData;
  });
  onTestFinished(() => server.close());
  return server;
}

/** A registry for each suffix, so that all their paces go side by side. */
async function serveRegistries(suffixes: readonly Suffix[]) {
  const web = await serveRdap(() => rdap.html404(), { tls: false });
  const services: Record<string, string> = {};
  for (const [index, { names, service }] of suffixes.entries()) {
    if (service === 'none') continue;
    const tld = tldOf(index);
    const actions = names.map(({ truth, rdapFault }, place) => {
      const truly =
        truth === 'free' ? (place % 2 ? rdap.notFound() : rdap.notFoundEmpty()) : rdap.found(['client hold']);
      return [nameOf(place, tld), faulty(rdapFault, truly, web)] as const;
    });
    services[tld] = (await serveRdap(Object.fromEntries(actions), { tls: false })).url;
  }
  return readBootstrap(JSON.parse(rdap.bootstrapFor(services))) ?? expect.fail('Expected a bootstrap file');
}

function candidate(name: string): Candidate {
  const parsed = parseWholeName(name);
  return 'problem' in parsed ? expect.fail(parsed.problem) : parsed;
}

/** Probes and confirms all names, each of them as the command does. */
async function run(suffixes: readonly Suffix[]): Promise<Map<string, ProbeResult>> {
  const [{ address }, bootstrap] = [await serveZones(suffixes), await serveRegistries(suffixes)];
  const server = parseServer(address) ?? expect.fail('Expected an address');
  const prober = openProber({ servers: [server], timeout: 400, tries: 3, canary: true });
  onTestFinished(prober.close);
  const confirm = openConfirm(async () => bootstrap, 4000);
  const candidates = suffixes.flatMap(({ names }, index) =>
    names.map((_name, place) => candidate(nameOf(place, tldOf(index)))),
  );
  const results = new Map<string, ProbeResult>();
  const probed = asCompleted(inBatches(candidates), prober.capacity, prober.probe);
  for await (const batch of asCompleted(probed, candidates.length, confirm)) {
    for (const result of batch) results.set(result.name, result);
  }
  return results;
}

/** What is wrong with a result, where anything is. */
function mistake(truth: Truth, { status, reason = '' }: ProbeResult): string | undefined {
  if (truth === 'free') return status === 'live' ? 'does not exist, and is live' : undefined;
  if (status === 'unregistered') return 'is registered, and comes out unregistered';
  const silent = status === 'absent' && !reason.includes('could not be confirmed');
  return silent ? 'is registered, and comes out absent without a reason' : undefined;
}

it('no registered name comes out free, and no free one live, whatever fails', async () => {
  const suffixes = fc.sample(suffix, { seed: 20260809, numRuns: 250 });
  const results = await run(suffixes);
  const mistakes: string[] = [];
  const tally = new Map<string, number>();
  for (const [index, { names, ...faults }] of suffixes.entries()) {
    for (const [place, given] of names.entries()) {
      const name = nameOf(place, tldOf(index));
      const result = results.get(name) ?? expect.fail(`Expected a result for ${name}`);
      const wrong = mistake(given.truth, result);
      if (wrong) mistakes.push(JSON.stringify({ name, wrong, ...given, ...faults, result }));
      const outcome = `${given.truth}: ${result.status}`;
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
    }
  }
  expect(mistakes).toEqual([]);
  expect(results.size).toBe(2500);
  // Else nothing would have been tried: most faults leave an answer behind.
  const frequent = ['in use: live', 'without an address: taken', 'held: taken', 'held: absent'];
  for (const outcome of [
    ...frequent,
    'free: unregistered',
    'free: absent',
    'held: unknown',
    'free: unknown',
  ]) {
    expect([outcome, (tally.get(outcome) ?? 0) >= 30]).toEqual([outcome, true]);
  }
}, 120_000);
