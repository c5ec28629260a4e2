import fc from 'fast-check';
import { expect, it } from 'vitest';
import { probeAll, type Status } from '../../../src/index.js';
import { startNameServer } from '../../helpers/name-server.js';
import { anyWorld, behavioursOf, namesOf, type World } from './world.js';

/** Probes the names of a world by way of its servers, and returns their statuses. */
async function statusesIn(world: World): Promise<ReadonlyMap<string, Status>> {
  const servers = await Promise.all(behavioursOf(world).map((behaviour) => startNameServer(behaviour)));
  try {
    const options = { servers: servers.map(({ address }) => address), timeout: 0.05, tries: 3 };
    const statuses = new Map<string, Status>();
    const names = namesOf(world).map(({ name }) => name);
    for await (const { name, status } of probeAll(names, options)) statuses.set(name, status);
    return statuses;
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

/*
 * The promises that can be kept, and their limits:
 *
 * - A name that does not exist is never live or taken, as long as the servers treat all names alike: the random
 *   label shows what they make up. A server that makes up only some names could not be noticed.
 * - A delegated name is never absent: a server that does not have it does not have its suffix either, and a
 *   made-up answer has no name servers. A server that hides single names could not be noticed.
 * - A name in the suffix's own zone has no name servers, and so cannot be told from a made-up name. The promise
 *   holds for it only if no server answers for names that do not exist.
 *   Neither could one that begins to answer everything where every random label was answered before.
 * - A name under a suffix that does not exist is unknown.
 * - If nothing is lost or refused, every status is the true one in two cases. Either one server is honest, and
 *   the registry answers only for names that exist: then the other servers do no harm. Or no server denies a
 *   name that exists, and made-up answers have no name servers: then they can be told apart.
 */

const makesUp = new Set(['makes up addresses', 'has one address for all names, and denies everything else']);
const answersAll = new Set([...makesUp, 'honest', 'denies everything', 'denies the first suffix']);
const deniesNone = new Set(['honest', 'makes up addresses']);
const distinguishable = new Set([
  ...['plain', 'answers for any name', 'answers for any name, without an address'],
  'answers for any name, and denies it when asked for NS',
]);

type Name = ReturnType<typeof namesOf>[number];

function isCertain({ servers }: World, { name, truth, suffix }: Name): boolean {
  const every = (kinds: ReadonlySet<string>) => servers.every(({ kind }) => kinds.has(kind));
  if (servers.some(({ refuses, loss, lapse }) => refuses !== 'none' || loss > 0 || lapse)) return false;
  if (servers.some(({ burst }) => burst.length > 2)) return false;
  // Two servers that know the root and disagree about a suffix cannot both be right.
  if (name.endsWith('.s0') && servers.some(({ kind }) => kind === 'denies the first suffix')) return false;
  if (suffix === 'plain' && every(answersAll) && servers.some(({ kind }) => kind === 'honest')) return true;
  return distinguishable.has(suffix) && every(deniesNone) && truth !== 'host';
}

/** Whether a server may begin to answer everything without a change in its canaries: they were answered before. */
const isNotFoundOut = ({ servers }: World, { suffix }: Name): boolean =>
  servers.some(
    ({ lapse, kind }) => lapse?.kind === 'answers everything' && (suffix !== 'plain' || makesUp.has(kind)),
  );

/** Returns the statuses that a name may have. */
function allowedStatuses(world: World, name: Name): readonly Status[] {
  const { truth, suffix } = name;
  if (suffix === 'does not exist') return ['unknown'];
  if (isNotFoundOut(world, name)) return ['live', 'taken', 'unknown', 'absent'];
  const certain = isCertain(world, name);
  if (truth === 'nonexistent') return certain ? ['absent'] : ['absent', 'unknown'];
  if (certain) return [truth === 'taken' ? 'taken' : 'live'];
  const looksMadeUp =
    truth === 'host' && (suffix !== 'plain' || world.servers.some(({ kind }) => makesUp.has(kind)));
  return looksMadeUp ? ['live', 'taken', 'unknown', 'absent'] : ['live', 'taken', 'unknown'];
}

const expectPromises = fc.asyncProperty(anyWorld, async (world) => {
  const statuses = await statusesIn(world);
  const names = namesOf(world);
  expect(statuses.size).toBe(names.length);
  for (const each of names) {
    const status = statuses.get(each.name);
    expect(allowedStatuses(world, each), `${each.name}: ${each.truth}, suffix: ${each.suffix}`).toContain(
      status,
    );
  }
});

it('no nonexistent name is live or taken, and no existing name is absent, whatever the servers do', async () => {
  // Lost replies make a run wait, so several run at a time.
  const runs = Array.from({ length: 40 }, () => fc.assert(expectPromises, { numRuns: 5 }));
  await Promise.all(runs);
}, 120_000);
