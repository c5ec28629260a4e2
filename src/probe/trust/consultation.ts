import { backOff } from '../../dns/resolver/back-off.js';
import type { Random } from '../../util/random.js';
import type { Sleeper } from '../../util/sleeper.js';
import type { Canaries } from './canaries.js';
import { disputeOf, lieOf } from './decision.js';
import { gradeOf, type KnownServer, type Standing } from './standing.js';
import { chooseServers, missingFrom, othersOf, type Suffix, standingOf } from './suffix.js';
import type { Testing } from './testing.js';

/** Finds out which servers are to be asked about a suffix. */
export interface Consultation {
  /**
   * Tests as many servers that have not been asked about a suffix as are needed. Resolves when it is known which of the servers
   * heard so far know the root.
   */
  consult(suffix: Suffix): Promise<void>;
  /** Whether it is known which of the servers heard so far know the root. */
  areRootsKnown(suffix: Suffix): boolean;
  /** Tests a server that has changed its mind again, after a pause. Until then, no names of the suffix are asked for. */
  recover(suffix: Suffix, standing: Standing): Promise<void>;
  /** Chooses the servers that are asked about a suffix from now on, and sets those aside that lie about it. */
  choose(suffix: Suffix): void;
}

/** What a consultation needs. */
export interface ConsultationOptions {
  readonly random: Random;
  readonly sleeper: Pick<Sleeper, 'sleep'>;
  readonly servers: readonly KnownServer[];
  readonly testing: Pick<Testing, 'test'>;
  readonly canaries: Pick<Canaries, 'askRoot'>;
  /** Receives a message about each server that is set aside, once. */
  readonly noteServer: (message: string) => void;
}

/** Creates a consultation of the servers of a run. */
export function createConsultation(options: ConsultationOptions): Consultation {
  const { random, sleeper, servers, testing, canaries, noteServer } = options;
  /** The number of servers consulted so far, so that each suffix begins with other ones of many. */
  let consulted = 0;

  const testMissing = (suffix: Suffix) => {
    const count = missingFrom(suffix);
    if (count === 0) return;
    const unasked = servers.filter(({ url }) => !suffix.standings.has(url));
    for (let index = 0; index < count; index++) {
      const server = unasked[(consulted + index) % unasked.length];
      if (server) void testing.test(standingOf(suffix, server));
    }
    consulted += count;
  };

  /** Returns the servers that have been heard but not asked for the root, if one of them denies the suffix. */
  const unaskedForRoot = ({ standings }: Suffix): KnownServer[] => {
    const heard = [...standings.values()].filter((standing) => gradeOf(standing) !== 'unheard');
    const isDenied = heard.some((standing) => gradeOf(standing) === 'denying');
    const isUnasked = ({ knowsRoot, rootFailure }: KnownServer) =>
      knowsRoot === undefined && rootFailure === undefined;
    return isDenied ? heard.map(({ server }) => server).filter(isUnasked) : [];
  };

  /** Asks servers for the root, as only a server that knows the root can deny a suffix; also those that are heard meanwhile. */
  const askRoots = async (suffix: Suffix) => {
    for (let unasked = unaskedForRoot(suffix); unasked.length > 0; unasked = unaskedForRoot(suffix))
      await Promise.all(unasked.map(canaries.askRoot));
  };

  const setLiarsAside = (suffix: Suffix) => {
    const others = othersOf(suffix);
    const { standings } = others;
    if (disputeOf(others) || !standings.some((standing) => gradeOf(standing) === 'good')) return;
    for (const standing of standings) {
      const { server } = standing;
      if (server.lie !== undefined) continue;
      server.lie = lieOf(standing, others);
      if (server.lie !== undefined) noteServer(`${server.url} ${server.lie}; it will not be asked again`);
    }
  };

  const testAfterPause = async (suffix: Suffix, standing: Standing) => {
    await sleeper.sleep(backOff(standing.epoch.wrong - 1, random));
    await testing.test(standing);
    suffix.recovery = undefined;
  };

  return {
    async consult(suffix) {
      testMissing(suffix);
      await askRoots(suffix);
      setLiarsAside(suffix);
    },
    areRootsKnown: (suffix) => unaskedForRoot(suffix).length === 0,
    recover(suffix, standing) {
      suffix.recovery ??= testAfterPause(suffix, standing);
      return suffix.recovery;
    },
    choose(suffix) {
      chooseServers(suffix);
      setLiarsAside(suffix);
    },
  };
}
