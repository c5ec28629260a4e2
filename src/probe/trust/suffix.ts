import type { ServerPolicy } from '../../dns/resolver/resolver.js';
import { areMany } from '../../dns/resolver/selector/index.js';
import { specialUseOf } from '../../names/special-use.js';
import { topLevelDomainsOf } from '../../names/top-level-domains/index.js';
import { createEvent, type RepeatedEvent } from '../../util/event.js';
import type { Others } from './decision.js';
import {
  createKnownNames,
  createStanding,
  gradeOf,
  type KnownNames,
  type KnownServer,
  type Standing,
} from './standing.js';

/** A suffix, and what is known of the servers under it. */
export interface Suffix {
  readonly name: string;
  readonly names: KnownNames;
  /** Whether it is known to exist, whatever servers say. */
  readonly isListed: boolean;
  /** Whether it is meant for private networks, so that servers may differ about it. */
  readonly isPrivate: boolean;
  /** The number of servers that can be asked, and whether they are so many that only some of them are. */
  readonly serverCount: number;
  readonly areMany: boolean;
  /** The standings of the servers that have been asked, by their URLs. */
  readonly standings: Map<string, Standing>;
  /** The servers that are not asked, by their URLs; never all of them. */
  readonly avoid: Set<string>;
  /** How its names are asked for. */
  readonly policy: ServerPolicy;
  /** Happens when a standing has changed. */
  readonly changed: RepeatedEvent;
  /** Ends when a server that has changed its mind has been tested again. Until then, no names are asked for. */
  recovery: Promise<void> | undefined;
}

let listed: ReadonlySet<string> | undefined;

/** Whether a suffix is a top-level domain in the list of IANA. */
export function isListed(suffixName: string): boolean {
  listed ??= new Set(topLevelDomainsOf('all'));
  return listed.has(suffixName);
}

/**
 * Creates a suffix that no server has been asked about.
 *
 * @param sending is called before a query about it is sent to a server.
 */
export function createSuffix(
  name: string,
  servers: readonly KnownServer[],
  sending: (suffix: Suffix, server: string) => void,
): Suffix {
  const liars = servers.filter(({ lie }) => lie !== undefined);
  const avoid = new Set(liars.length < servers.length ? liars.map(({ url }) => url) : []);
  const suffix: Suffix = {
    name,
    names: createKnownNames(),
    isListed: isListed(name),
    isPrivate: specialUseOf(name)?.isPrivate === true,
    serverCount: servers.length,
    areMany: areMany(servers.length),
    standings: new Map(),
    avoid,
    policy: { avoid, sending: (server) => sending(suffix, server) },
    changed: createEvent(),
    recovery: undefined,
  };
  return suffix;
}

/** The suffixes that standings were created for. */
const owners = new WeakMap<Standing, Suffix>();

/** Returns the standing of a server under a suffix. */
export function standingOf(suffix: Suffix, server: KnownServer): Standing {
  const known = suffix.standings.get(server.url);
  if (known) return known;
  const standing = createStanding(server, suffix.name, suffix.names);
  suffix.standings.set(server.url, standing);
  owners.set(standing, suffix);
  return standing;
}

/** Returns the suffix that a standing was created for. */
export const suffixOf = (standing: Standing): Suffix | undefined => owners.get(standing);

/** Returns how good a server is for a suffix; the lowest rank is the best. */
function rankOf(standing: Standing, isWildcard: boolean): number {
  const grade = gradeOf(standing);
  if (grade === 'good') return 0;
  if (grade === 'filtering') return 2;
  // A server that has changed its mind may be right again soon, and is then better than one that answers for any name.
  if (grade === 'changed') return isWildcard ? 2 : 1;
  return grade === 'wildcard' && isWildcard ? 1 : 3;
}

/** Chooses the servers that are asked: the best ones that have been heard, and those that have not been heard. */
export function chooseServers({ standings, avoid }: Suffix): void {
  const all = [...standings.values()];
  const isWildcard = !all.some(({ epoch }) => epoch.wasRight);
  const best = Math.min(...all.map((standing) => rankOf(standing, isWildcard)));
  for (const standing of all) {
    const isChosen = rankOf(standing, isWildcard) === best || gradeOf(standing) === 'unheard';
    if (isChosen) avoid.delete(standing.server.url);
    else avoid.add(standing.server.url);
  }
}

/** Of many servers, `sampleSize` are asked at once until one is good, and `largestSample` in all. */
const sampleSize = 6;
const largestSample = 24;

/** Returns how many more servers must be asked about a suffix before a name under it is given up. */
export function missingFrom({ standings, serverCount, areMany }: Suffix): number {
  const unasked = serverCount - standings.size;
  if (!areMany) return unasked;
  const grades = [...standings.values()].map(gradeOf);
  const isEnough = grades.includes('good') || grades.includes('unheard') || grades.length >= largestSample;
  return isEnough ? 0 : Math.min(sampleSize, unasked);
}

/** Whether a witness of the suffix is in flight. */
export const isAnyTested = ({ standings }: Suffix): boolean =>
  [...standings.values()].some(({ schedule }) => schedule.inFlight > 0);

/** Returns what a decision about a finding depends on. */
export function othersOf(suffix: Suffix): Others {
  const { areMany, isListed, isPrivate } = suffix;
  const standings = [...suffix.standings.values()];
  const isUnheard = (standing: Standing) => gradeOf(standing) === 'unheard' && standing.schedule.inFlight > 0;
  const areSomeUnheard = standings.some(isUnheard) || missingFrom(suffix) > 0;
  return { standings, areSomeUnheard, areMany, isListed, isPrivate };
}
