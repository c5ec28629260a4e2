import type { Sleeper } from '../../util/sleeper.js';
import type { Consultation } from './consultation.js';
import { gradeOf, type Standing } from './standing.js';
import type { Suffix } from './suffix.js';

/** Decides which denials another server is asked to confirm: one that filters names may have the shape of an honest one. */
export interface CrossCheck {
  /** Whether a denial needs no other server, as far as can be said at once. */
  isNeedless(suffix: Suffix, standing: Standing): boolean;
  /** Finds out whether a denial is to be confirmed by another server. Counts it unless that is needless. */
  isWanted(suffix: Suffix, standing: Standing): Promise<boolean>;
}

/** What the cross-check needs. */
export interface CrossCheckOptions {
  readonly sleeper: Pick<Sleeper, 'sleep'>;
  readonly consultation: Pick<Consultation, 'consult'>;
}

/** The number of denials of each server that are confirmed: of a few or of many servers, and as long as no name is known to exist. */
const limitsWithName = { few: 3, many: 1 } as const;
const limitsWithoutName = { few: 64, many: 4 } as const;
/** Milliseconds to wait for another server that is good. */
const longestWait = 500;

/** Creates the cross-check; nothing has been confirmed. */
export function createCrossCheck({ sleeper, consultation }: CrossCheckOptions): CrossCheck {
  const isNeedless = (
    { serverCount, avoid, areMany, names }: Suffix,
    { server, answered, checks }: Standing,
  ): boolean => {
    const others = serverCount - avoid.size - (avoid.has(server.url) ? 0 : 1);
    const limits = answered === undefined && names.existing.length === 0 ? limitsWithoutName : limitsWithName;
    return others < 1 || checks >= (areMany ? limits.many : limits.few);
  };

  const isAnotherGood = ({ standings }: Suffix, standing: Standing): boolean =>
    [...standings.values()].some((other) => other !== standing && gradeOf(other) === 'good');

  const mayAnotherBeGood = ({ standings }: Suffix): boolean =>
    [...standings.values()].some((other) => gradeOf(other) === 'unheard' && other.schedule.inFlight > 0);

  /** Waits until another server is good, for a while at most. */
  const findAnother = async (suffix: Suffix, standing: Standing): Promise<void> => {
    await consultation.consult(suffix);
    let isOver = false;
    const end = sleeper.sleep(longestWait).then(() => {
      isOver = true;
    });
    while (!isOver && !isAnotherGood(suffix, standing) && mayAnotherBeGood(suffix))
      await Promise.race([suffix.changed.next(), end]);
  };

  return {
    isNeedless,
    async isWanted(suffix, standing) {
      if (isNeedless(suffix, standing)) return false;
      standing.checks++;
      if (!isAnotherGood(suffix, standing)) await findAnother(suffix, standing);
      return isAnotherGood(suffix, standing);
    },
  };
}
