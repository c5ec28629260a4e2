import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Status } from '../../../../src/probe/result.js';
import { play } from '../../../helpers/played.js';
import { createSeededRandom } from '../../../simulation/random.js';
import { anyWorld, type NameOfWorld, namesOf, serversOf, type World } from './world.js';

/** Plays a world, and returns the statuses of its names. */
async function statusesIn(world: World): Promise<ReadonlyMap<string, Status>> {
  const { concurrency, slowest, seed } = world;
  const random = createSeededRandom(seed);
  const names = namesOf(world).map(({ word, suffixName }) => `${word} ${suffixName}`);
  const { results } = await play(serversOf(world), names, {
    concurrency,
    seed,
    delay: () => random.between(0, slowest),
    timeout: 100,
  });
  return new Map(results.map(({ name, status }) => [name, status]));
}

/*
 * The promises that can be kept, and their limits:
 *
 * - A name that does not exist is never live or taken, as long as the servers treat all names alike: the random
 *   label shows what they make up. A server that makes up only some names could not be noticed.
 * - A delegated name is never absent: a server that does not have it does not have its suffix either, and a
 *   made-up answer has no name servers. A server that hides single names could not be noticed.
 * - A host in the suffix's own zone has no name servers, but another address than made-up names. The promise
 *   holds for it only if no server makes up addresses. One could not be noticed that begins to answer everything where
 *   every random label was answered before.
 * - A name under a suffix that does not exist is unknown. If a server begins to answer everything between two
 *   canaries, the suffix may seem to exist; then the name is absent at worst.
 * - If nothing is lost or refused, every status is the true one in two cases. Either one server is honest, and
 *   the registry answers only for names that exist: then the other servers do no harm. Or no server denies a
 *   name that exists, and made-up answers have no name servers: then they can be told apart. A server that makes
 *   up addresses even for names that cannot exist might make up that a name has no name servers, too.
 */

const makesUp = new Set(['makes up addresses', 'has one address for all names, and denies everything else']);
const stubs = new Set(['honest', 'denies single labels', 'refuses single labels']);
const answersAll = new Set([...makesUp, 'honest', 'denies everything', 'denies the first suffix']);
const deniesNone = new Set(['honest', 'makes up addresses']);
const plain = new Set(['plain', 'plain, without an SOA']);
const deniedForNs = new Set([...plain, 'answers for any name, and denies it when asked for NS']);
const distinguishable = new Set([
  ...deniedForNs,
  ...['answers for any name', 'denies compactly', 'answers for any name with an alias to nowhere'],
]);

function isCertain({ servers }: World, { suffix, suffixName }: NameOfWorld): boolean {
  const every = (kinds: ReadonlySet<string>) => servers.every(({ kind }) => kinds.has(kind));
  if (servers.some(({ refuses, loss, lapse }) => refuses !== 'none' || loss > 0 || lapse)) return false;
  if (servers.some(({ burst }) => burst.length > 2)) return false;
  // Names below a listed suffix, and the SOA record in a denial, prove the suffix where single labels are not answered.
  const isProven = suffix === 'plain' || (suffix === 'plain, without an SOA' && suffixName !== 'corp');
  if (isProven && every(stubs)) return true;
  if (plain.has(suffix) && every(answersAll) && servers.some(({ kind }) => kind === 'honest')) return true;
  if (servers.some(({ kind }) => makesUp.has(kind)) && !deniedForNs.has(suffix)) return false;
  return distinguishable.has(suffix) && every(deniesNone);
}

const beginsToAnswer = ({ servers }: World): boolean =>
  servers.some(({ lapse }) => lapse?.kind === 'answers everything');

/** Whether a server may begin to answer everything without a change in its canaries: they were answered before. */
const isNotFoundOut = ({ servers }: World, { suffix }: NameOfWorld): boolean =>
  servers.some(
    ({ lapse, kind }) => lapse?.kind === 'answers everything' && (!plain.has(suffix) || makesUp.has(kind)),
  );

/** Returns the statuses that a name may have. */
function allowedStatuses(world: World, name: NameOfWorld): readonly Status[] {
  const { truth, suffix } = name;
  if (suffix === 'does not exist') return beginsToAnswer(world) ? ['unknown', 'absent'] : ['unknown'];
  if (isNotFoundOut(world, name)) return ['live', 'taken', 'unknown', 'absent'];
  const certain = isCertain(world, name);
  if (truth === 'nonexistent') return certain ? ['absent'] : ['absent', 'unknown'];
  if (certain) return [truth === 'taken' ? 'taken' : 'live'];
  // A name looks made up beside a server that makes up names, from the start or later.
  const looksMadeUp = world.servers.some(
    ({ kind, lapse }) => (truth === 'host' && makesUp.has(kind)) || lapse?.kind === 'answers everything',
  );
  return looksMadeUp ? ['live', 'taken', 'unknown', 'absent'] : ['live', 'taken', 'unknown'];
}

it('in no generated world is a nonexistent name live or taken, or an existing name absent', async () => {
  const promises = fc.asyncProperty(anyWorld, async (world) => {
    const statuses = await statusesIn(world);
    const names = namesOf(world);
    expect(statuses.size).toBe(names.length);
    for (const each of names) {
      const name = `${each.word}.${each.suffixName}`;
      const message = `${name}: ${each.truth}, suffix: ${each.suffix}`;
      expect(allowedStatuses(world, each), message).toContain(statuses.get(name));
    }
  });
  await fc.assert(promises, { numRuns: Number(process.env['RUNS'] ?? 500) });
}, 1_200_000);
