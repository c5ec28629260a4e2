import type { AskServer } from './canary-query.js';
import { disputeAbout, setAsideLiars } from './liars.js';
import { createRoots } from './roots.js';
import type { Schedule } from './schedule.js';
import { gradeOf, isHopeless, type KnownServer, knowsRoot, type Standing } from './standing.js';
import { addStanding, type Comparison, chooseServers, compare, createSuffix, type Suffix } from './suffix.js';

/** Keeps what the servers show of themselves under each suffix. */
export interface Suffixes {
  /** Returns a suffix; its canaries are sent when something is asked about it. */
  open(name: string): Suffix;
  /** Returns the standing of a server under a suffix; undefined if the server cannot be tested. */
  standingOf(suffix: Suffix, url: string): Standing | undefined;
  /** Compares the standings of a suffix after one of them has changed. */
  update(standing: Standing): void;
  /** Records that a question about a suffix was asked. Returns how many canaries were asked before it. */
  asked(suffix: Suffix): number;
  /** Waits until a server of a suffix is usable, or none can be expected to become usable. Returns whether one is. */
  recover(suffix: Suffix): Promise<boolean>;
}

export interface SuffixesOptions {
  readonly servers: readonly KnownServer[];
  readonly ask: AskServer;
  readonly schedule: Schedule;
  readonly note: (message: string, topic?: string) => void;
  /** Is told about a server that is not asked any more. */
  readonly noteServer: (message: string) => void;
}

/** The number of suffixes kept; a long list of whole names has canaries sent again for those beyond it. */
const maximumSuffixes = 10_000;
/** If one name alone is asked for, and there are not more servers than this, canaries are sent to all with it. */
const fewServers = 4;
/** With more servers than this, not every one need be heard before the first names have results. */
const manyServers = 16;
const enoughServers = 3;
/** Of many servers, so many are tested before the first names of a suffix have results; the others when they are used. */
const sampleSize = 6;
/** No more are tested if none of so many says anything. */
const largestSample = 24;
/** Canaries are sent after this many questions, for each server. */
const manyQuestions = 128;
/** Milliseconds for which a server may hold up the first names of a suffix. */
const grace = 400;

/** Creates an empty store. */
export function createSuffixes({ servers, ask, schedule, note, noteServer }: SuffixesOptions): Suffixes {
  const suffixes = new Map<string, Suffix>();
  const isMany = servers.length > manyServers;
  const byUrl = new Map(servers.map((server) => [server.url, server]));
  const learnRoots = createRoots(ask);
  /** The suffix of each standing, also of those that are kept no longer. */
  const owners = new WeakMap<Standing, Suffix>();
  /** The suffixes whose standings are compared at the end of this turn. */
  const toAssess = new Set<Suffix>();
  let last: Suffix | undefined;
  /** The index of the server that is tested next for a new suffix. */
  let next = 0;

  const create = (name: string): Suffix => {
    const suffix = createSuffix(name, servers, isMany);
    const [oldest] = suffixes.size >= maximumSuffixes ? suffixes.keys() : [];
    if (oldest !== undefined) suffixes.delete(oldest);
    suffixes.set(name, suffix);
    for (const standing of suffix.standings.values()) start(suffix, standing);
    if (!suffix.isHeard) setTimeout(endGrace, grace, suffix).unref();
    return suffix;
  };

  const start = (suffix: Suffix, standing: Standing) => {
    owners.set(standing, suffix);
    if (suffix.asked > 0) schedule.send(standing);
  };

  const forChosen = (suffix: Suffix, send: (standing: Standing) => void) => {
    for (const standing of suffix.standings.values()) {
      if (!suffix.avoid.has(standing.server.url)) send(standing);
    }
  };

  /** Tests some of many servers, others for each suffix. Returns whether there were any left. */
  const testSome = (suffix: Suffix): boolean => {
    let tested = 0;
    for (let step = 0; step < servers.length && tested < sampleSize; step++) {
      const server = servers[next++ % servers.length];
      if (server === undefined || suffix.standings.has(server.url) || suffix.avoid.has(server.url)) continue;
      start(suffix, addStanding(suffix, server));
      tested++;
    }
    return tested > 0;
  };

  const isAlone = (standings: number) => standings <= fewServers && schedule.isAlone();

  /** Stops waiting for the servers that have not answered yet. */
  const endGrace = (suffix: Suffix) => {
    if (suffix.isHeard) return;
    const { having, denying, pending } = compare(suffix);
    for (const { server } of pending) server.isSlow = true;
    // All that were tested may be dead.
    const isUnheard = having.length + denying.length === 0 && suffix.standings.size < largestSample;
    if (isMany && isUnheard && testSome(suffix)) {
      setTimeout(endGrace, grace, suffix).unref();
      return;
    }
    void assess(suffix);
  };

  const assess = async (suffix: Suffix): Promise<void> => {
    suffix.isStale = true;
    if (suffix.isBeingCompared) return;
    suffix.isBeingCompared = true;
    while (suffix.isStale) {
      suffix.isStale = false;
      const { having, denying } = compare(suffix);
      if (denying.length === 0) continue;
      await learnRoots(denying);
      if (denying.some(knowsRoot)) await learnRoots(having);
    }
    suffix.isBeingCompared = false;
    decide(suffix, compare(suffix));
    suffix.news.emit();
  };

  /** Compares the standings once for all canaries that are answered in this turn of the event loop. */
  const assessSoon = (suffix: Suffix) => {
    suffix.isStale = true;
    if (toAssess.size === 0) setImmediate(assessAll);
    toAssess.add(suffix);
  };

  const assessAll = () => {
    const suffixesNow = [...toAssess];
    toAssess.clear();
    for (const suffix of suffixesNow) void assess(suffix);
  };

  const decide = (suffix: Suffix, comparison: Comparison) => {
    const { having, denying, pending } = comparison;
    suffix.hasGood = comparison.good.length > 0;
    const unasked = isMany ? [] : servers.filter(({ url }) => !suffix.standings.has(url));
    // Of many servers, the first honest ones are enough to begin with.
    suffix.isHeard ||= pending.length === 0 || (isMany && comparison.good.length >= enoughServers);
    if (suffix.isHeard && having.length === 0 && unasked.length > 0 && denying.length > 0) {
      // Servers that were set aside may know this suffix.
      for (const server of unasked) start(suffix, addStanding(suffix, server));
      suffix.isHeard = false;
      setTimeout(endGrace, grace, suffix).unref();
    }
    suffix.dispute = disputeAbout(suffix.name, comparison, isMany);
    if (suffix.dispute !== undefined) note(suffix.dispute, `dispute about ${suffix.name}`);
    chooseServers(suffix, comparison);
    if (comparison.good.length > 0 && suffix.dispute === undefined) setAsideLiars(suffix, isMany, noteServer);
  };

  const recover = async (suffix: Suffix): Promise<boolean> => {
    for (;;) {
      const all = [...suffix.standings.values()];
      const isUsable = all.some((standing) => ['good', 'wildcard'].includes(gradeOf(standing)));
      const hopeful = all.filter(
        (standing) => !isHopeless(standing) && ['changed', 'unsure'].includes(gradeOf(standing)),
      );
      if (isUsable || hopeful.length === 0) {
        suffix.recovery = undefined;
        return isUsable;
      }
      for (const standing of hopeful) schedule.sendWhenDue(standing);
      await suffix.news.next();
    }
  };

  return {
    standingOf(suffix, url) {
      const known = suffix.standings.get(url);
      const server = known === undefined && isMany ? byUrl.get(url) : undefined;
      if (server === undefined) return known;
      const standing = addStanding(suffix, server);
      start(suffix, standing);
      return standing;
    },
    open(name) {
      if (last?.name !== name) last = suffixes.get(name) ?? create(name);
      return last;
    },
    update(standing) {
      if (standing.suffix.exists !== undefined || standing.random.exists !== undefined)
        standing.server.isSlow = false;
      if (gradeOf(standing) === 'good') standing.server.lastRight = standing;
      const suffix = owners.get(standing);
      if (suffix === undefined) return;
      if (servers.length <= fewServers) return void assess(suffix);
      // Its names are asked for elsewhere at once, if there is a better server.
      const isBad = isHopeless(standing) || !['good', 'unsure'].includes(gradeOf(standing));
      if (isBad && suffix.hasGood) suffix.avoid.add(standing.server.url);
      assessSoon(suffix);
    },
    asked(suffix) {
      const order = schedule.order();
      const { size } = suffix.standings;
      suffix.asked++;
      // The first canaries are sent right after the first name, to see how the server answers from the beginning, the
      // second ones after the names that follow at once.
      if (suffix.asked === 1 && isMany) testSome(suffix);
      else if (suffix.asked === 1) forChosen(suffix, schedule.send);
      else if (suffix.asked === 2 || suffix.asked % (manyQuestions * size) === 0 || isAlone(size))
        forChosen(suffix, schedule.sendSoon);
      return order;
    },
    recover(suffix) {
      suffix.recovery ??= recover(suffix);
      return suffix.recovery;
    },
  };
}
