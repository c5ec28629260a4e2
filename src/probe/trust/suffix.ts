import type { Route } from '../../dns/resolver/resolver.js';
import { createSignal, type Signal } from '../../util/signal.js';
import type { Canary } from './canary.js';
import { createStanding, gradeOf, isHopeless, type KnownServer, type Standing } from './standing.js';

/** What the servers show of themselves under one suffix, and which of them are asked about it. */
export interface Suffix {
  readonly name: string;
  readonly standings: Map<string, Standing>;
  /** The servers that are not asked, by their URLs; never all of them. */
  readonly avoid: Set<string>;
  /** How its names are asked for; undefined if there is only one server. */
  readonly route: Route | undefined;
  /** Why none of its names can be known: servers that know the root disagree about it. */
  dispute: string | undefined;
  /** Whether every server that does not take long has answered its first canaries or failed to. */
  isHeard: boolean;
  /** Whether a server was good when the standings were last compared. */
  hasGood: boolean;
  /** Questions about its names. */
  asked: number;
  /** Whether the standings are being compared, and whether one has changed meanwhile. */
  isBeingCompared: boolean;
  isStale: boolean;
  /** See `Suffixes.recover`; undefined if nobody waits. */
  recovery: Promise<boolean> | undefined;
  /** Is emitted when the standings have been compared. */
  readonly news: Signal;
}

/**
 * Creates a suffix whose canaries have not been sent.
 *
 * @param isLazy whether the servers have no standings before they are used, because there are many.
 */
export function createSuffix(name: string, servers: readonly KnownServer[], isLazy: boolean): Suffix {
  const avoid = new Set<string>();
  const suffix: Suffix = {
    name,
    standings: new Map(),
    avoid,
    route: servers.length > 1 ? { avoid } : undefined,
    dispute: undefined,
    isHeard: servers.length <= 1,
    hasGood: false,
    asked: 0,
    isBeingCompared: false,
    isStale: false,
    recovery: undefined,
    news: createSignal(),
  };
  const areAllSetAside = servers.every(({ isSetAside }) => isSetAside);
  for (const server of servers) {
    if (!areAllSetAside && server.isSetAside) avoid.add(server.url);
    else if (!isLazy) addStanding(suffix, server);
  }
  return suffix;
}

export function addStanding(suffix: Suffix, server: KnownServer): Standing {
  const standing = createStanding(server, suffix.name);
  suffix.standings.set(server.url, standing);
  return standing;
}

/** The standings of a suffix, by what they are good for. */
export interface Comparison {
  readonly good: readonly Standing[];
  /** Those that have the suffix. */
  readonly having: readonly Standing[];
  readonly denying: readonly Standing[];
  /** Those whose first canaries have been sent, and have no outcomes yet. */
  readonly pending: readonly Standing[];
}

export function compare({ standings }: Suffix): Comparison {
  const all = [...standings.values()];
  return {
    good: all.filter((standing) => gradeOf(standing) === 'good' && !isHopeless(standing)),
    having: all.filter((standing) => standing.suffix.exists === true && gradeOf(standing) !== 'changed'),
    denying: all.filter((standing) => gradeOf(standing) === 'denied'),
    pending: all.filter(
      ({ suffix, random, server }) =>
        suffix.order > 0 && !server.isSlow && !(isHeard(suffix) && isHeard(random)),
    ),
  };
}

/** Whether a canary has an outcome. */
const isHeard = ({ exists, failure }: Canary): boolean => exists !== undefined || failure !== undefined;

/** Chooses the servers that are asked: the best ones there are. */
export function chooseServers(suffix: Suffix, { good, having, pending }: Comparison): void {
  const all = [...suffix.standings.values()];
  const rest = all.filter((standing) => gradeOf(standing) === 'unsure' && !isHopeless(standing));
  const best = [good.length > 0 ? good : having, [...pending, ...rest]].flat();
  const chosen = new Set(best.length > 0 ? best : all);
  for (const standing of all) {
    if (chosen.has(standing)) suffix.avoid.delete(standing.server.url);
    else suffix.avoid.add(standing.server.url);
  }
}
