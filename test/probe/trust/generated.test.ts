import fc from 'fast-check';
import { expect, it } from 'vitest';
import { probeAll, type Status } from '../../../src/index.js';
import { startNameServer } from '../../helpers/name-server.js';
import { anyWorld, behavioursOf, namesOf, type World } from './world.js';

/** The status of each name after a run on the servers of a world. */
async function statusesIn(world: World): Promise<ReadonlyMap<string, Status>> {
  const servers = await Promise.all(behavioursOf(world).map((behaviour) => startNameServer(behaviour)));
  try {
    const options = { servers: servers.map(({ address }) => address), timeout: 0.06, tries: 4 };
    const statuses = new Map<string, Status>();
    const names = namesOf(world).map(({ name }) => name);
    for await (const { name, status } of probeAll(names, options)) statuses.set(name, status);
    return statuses;
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

/*
 * What can be promised, and what cannot.
 *
 * - A name that does not exist is never live or taken, whatever the servers do to all names alike: they show by
 *   the random label what they make up. It could not be promised of a server that makes up some names only.
 * - A name that is delegated is never absent: a server that does not have it does not have its suffix either,
 *   and a made-up answer has no name servers. It could not be promised of a server that hides single names.
 * - A name of the suffix's own zone, which has no name servers, cannot be told from a made-up one. So it is
 *   promised only where no server answers for names that do not exist.
 * - A name under a suffix that nobody has is unknown.
 * - Where nothing is lost or refused, all names come out true under two conditions. Either one server is honest
 *   and the registry answers for no name that nobody has: then what the others make up or deny costs nothing. Or
 *   none denies what exists, and what is made up has no name servers: then it can be told apart.
 */

const makesUp = new Set(['makes up addresses', 'has one address for all, and denies all else']);
const answersAll = new Set([...makesUp, 'honest', 'denies everything', 'denies the first suffix']);
const deniesNone = new Set(['honest', 'makes up addresses']);
const apart = new Set([
  ...['plain', 'answers for any name', 'answers for any name, without an address'],
  'answers for any name, and denies it when asked for NS',
]);

type Name = ReturnType<typeof namesOf>[number];

function isCertain({ servers }: World, { truth, suffix }: Name): boolean {
  const every = (kinds: ReadonlySet<string>) => servers.every(({ kind }) => kinds.has(kind));
  if (servers.some(({ refuses, loss }) => refuses !== 'none' || loss > 0)) return false;
  if (suffix === 'plain' && every(answersAll) && servers.some(({ kind }) => kind === 'honest')) return true;
  return apart.has(suffix) && every(deniesNone) && truth !== 'host';
}

/** The statuses that a name may come out with. */
function promised(world: World, name: Name): readonly Status[] {
  const { truth, suffix } = name;
  if (suffix === 'nobody has it') return ['unknown'];
  const certain = isCertain(world, name);
  if (truth === 'nonexistent') return certain ? ['absent'] : ['absent', 'unknown'];
  if (certain) return [truth === 'taken' ? 'taken' : 'live'];
  const alike =
    truth === 'host' && (suffix !== 'plain' || world.servers.some(({ kind }) => makesUp.has(kind)));
  return alike ? ['live', 'taken', 'unknown', 'absent'] : ['live', 'taken', 'unknown'];
}

const expectPromises = fc.asyncProperty(anyWorld, async (world) => {
  const statuses = await statusesIn(world);
  const names = namesOf(world);
  expect(statuses.size).toBe(names.length);
  for (const each of names) {
    const status = statuses.get(each.name);
    expect(
      promised(world, each),
      `${each.name}: ${each.truth}, under a suffix that is: ${each.suffix}`,
    ).toContain(status);
  }
});

it('no name that does not exist is live or taken, and none that exists is absent, whatever the servers do', async () => {
  // Most of the time is spent waiting for what is lost, so that many worlds are tried side by side.
  const sideBySide = Array.from({ length: 30 }, () => fc.assert(expectPromises, { numRuns: 20 }));
  await Promise.all(sideBySide);
}, 120_000);
