import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../src/probe/result.js';
import { createClient } from '../../../src/registries/client/client.js';
import { createConfirm } from '../../../src/registries/confirm.js';
import { confirmAll } from '../../../src/registries/confirm-all.js';
import { createControlled } from '../../../src/registries/controlled.js';
import { createDirectory } from '../../../src/registries/directory.js';
import { createLookUp } from '../../../src/registries/look-up.js';
import { readBootstrap } from '../../../src/registries/rdap/bootstrap.js';
import { candidateOf, type PlayedServer, play } from '../../helpers/played.js';
import { noData } from '../../helpers/played-servers.js';
import { bootstrapFor } from '../../helpers/rdap-server/bootstrap.js';
import {
  dnsFaults,
  isConfirmable,
  isLasting,
  registrationOf,
  suffix,
  suffixOf,
  type Truth,
  withRegistryFault,
  zoneOf,
} from '../faults.js';
import { found, type PlayedReply, playRegistries } from '../played.js';

type Suffix = typeof suffix extends fc.Arbitrary<infer Value> ? Value : never;

/** A suffix that does not exist on the internet, different for each index. */
const tldOf = (index: number) => `test${String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26))}`;

/** The names of a suffix, with what is true of them. */
const namesOf = ({ names }: Suffix, index: number) =>
  names.map((given, position) => ({ ...given, name: `name${position}.${tldOf(index)}`, position }));

/** One name server for several suffixes. */
function nameServerOf(suffixes: readonly Suffix[]): PlayedServer {
  const servers = new Map<string, PlayedServer>();
  for (const [index, { kind, suffixFault, randomFault, ...rest }] of suffixes.entries()) {
    servers.set(tldOf(index), dnsFaults[suffixFault](suffixOf(kind)));
    servers.set(`*.${tldOf(index)}`, dnsFaults[randomFault](zoneOf('free', kind)));
    for (const { name, truth, dnsFault } of namesOf({ kind, suffixFault, randomFault, ...rest }, index))
      servers.set(name, dnsFaults[dnsFault](zoneOf(truth, kind)));
  }
  return (query) => {
    const parent = query.name.slice(query.name.indexOf('.') + 1);
    return (servers.get(query.name) ?? servers.get(`*.${parent}`) ?? noData)(query);
  };
}

const urlOf = (index: number) => `https://${tldOf(index)}.example/`;

/** Confirms results by a registry for each suffix. */
async function confirmBy(suffixes: readonly Suffix[], probed: readonly ProbeResult[], longestWait: number) {
  const services: Record<string, string> = {};
  const replies = new Map<string, PlayedReply>();
  for (const [index, suffix] of suffixes.entries()) {
    if (suffix.hasRegistry) services[tldOf(index)] = urlOf(index);
    const registrations = namesOf(suffix, index).map(({ position, truth, rdapFault }) => {
      return [`name${position}`, registrationOf(truth, rdapFault, position % 2 === 0)] as const;
    });
    replies.set(
      urlOf(index),
      withRegistryFault(suffix.registryFault, { google: found, ...Object.fromEntries(registrations) }),
    );
  }
  const bootstrap = readBootstrap(JSON.parse(bootstrapFor(services))) ?? expect.fail();
  const { clock, platform, play } = playRegistries((request) =>
    replies.get(new URL('/', request.url).href)?.(request),
  );
  const lookUp = createLookUp(async () => createDirectory(bootstrap), createClient(longestWait, platform));
  const existsInDns = async (name: string) => name.startsWith('google.');
  const controlled = createControlled({ lookUp, existsInDns, note() {} });
  async function* batches() {
    yield probed;
  }
  const results = new Map<string, ProbeResult>();
  const confirm = async () => {
    for await (const batch of confirmAll(batches(), createConfirm(controlled.lookUp), undefined, { clock }))
      for (const result of batch) results.set(result.name, result);
  };
  await play(confirm());
  expect(clock.pending()).toBe(0);
  expect(results.size).toBe(probed.length);
  return (name: string) => results.get(name) ?? expect.fail(`Expected a result for ${name}`);
}

/** Describes what is wrong with a result, if anything. */
function mistake(truth: Truth, { status, reason = '' }: ProbeResult): string | undefined {
  if (truth === 'free') return status === 'live' ? 'is free, and the result is live' : undefined;
  if (status === 'unregistered') return 'is registered, and the result is unregistered';
  const isSilent = status === 'absent' && !reason.includes('could not be confirmed');
  return isSilent ? 'is registered, and the result is absent without a reason' : undefined;
}

describe('confirmAll', () => {
  it('never makes a registered name unregistered or a free name live, whatever fails', async () => {
    const suffixes = fc.sample(suffix, { seed: 20260809, numRuns: 60 });
    const names = suffixes.flatMap(namesOf);
    const { results } = await play(
      [nameServerOf(suffixes)],
      names.map(({ name }) => name),
    );
    const resultOf = await confirmBy(suffixes, results, 10_000);
    const mistakes = names.flatMap(({ truth, ...given }) => {
      const wrong = mistake(truth, resultOf(given.name));
      return wrong ? [{ wrong, truth, ...given, result: resultOf(given.name) }] : [];
    });
    expect(mistakes).toEqual([]);
    // Shows that the sample covers these outcomes.
    const outcomes = names.map(({ name, truth }) => `${truth}: ${resultOf(name).status}`);
    const frequent = ['in use: live', 'without an address: taken', 'held: taken', 'held: absent'];
    frequent.push('held: unknown', 'free: unregistered', 'free: absent', 'free: unknown');
    const tally = frequent.map((outcome) => outcomes.filter((other) => other === outcome).length);
    expect(Math.min(...tally)).toBeGreaterThanOrEqual(10);
  });

  it('costs no name its answer if its registry fails for a while', async () => {
    const suffixes = fc.sample(suffix, { seed: 20261126, numRuns: 100 });
    const probed = suffixes.flatMap(namesOf).map(({ name, position }) => unanswered(name, position));
    const resultOf = await confirmBy(suffixes, probed, 600_000);
    const mistakes = suffixes.flatMap((suffix, index) =>
      namesOf(suffix, index).flatMap(({ name, position }) => {
        const wrong = confirmationMistake(suffix, position, resultOf(name));
        return wrong ? [{ wrong, suffix, position, result: resultOf(name) }] : [];
      }),
    );
    expect(mistakes).toEqual([]);
  });
});

/** A result of a name that the DNS does not know, or about which it gives no answer. */
function unanswered(name: string, position: number): ProbeResult {
  const common = { ...candidateOf(name), addresses: [], tries: 1, ms: 1, evidence: [] };
  return position % 3 === 0
    ? { ...common, status: 'unknown', reason: 'SERVFAIL' }
    : { ...common, status: 'absent' };
}

/** Describes what is wrong with a confirmed result, if anything. */
function confirmationMistake(
  { names, registryFault, hasRegistry }: Suffix,
  position: number,
  { status, reason }: ProbeResult,
): string | undefined {
  const { truth, rdapFault } = names[position] ?? expect.fail('Expected a name');
  if (status === (truth === 'free' ? 'unregistered' : 'taken')) return undefined;
  if (status === 'taken' || status === 'unregistered') return `is not ${status}`;
  if (!reason?.includes('could not be confirmed')) return 'has no reason';
  const mayBeGivenUp = names.filter(({ rdapFault }) => isLasting(rdapFault)).length >= 3;
  return hasRegistry && !mayBeGivenUp && isConfirmable(rdapFault, registryFault)
    ? 'should have been confirmed'
    : undefined;
}
