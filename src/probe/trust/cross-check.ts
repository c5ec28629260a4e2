import type { Sleeper } from '../../util/sleeper.js';
import type { Finding } from '../verdict.js';
import type { Consultation } from './consultation.js';
import { gradeOf, type Standing } from './standing.js';
import type { Suffix } from './suffix.js';

/** Decides which denials another server is asked to confirm: one that filters names may have the shape of an honest one. */
export interface CrossCheck {
  /** Whether a denial needs no other server, as far as can be said at once. */
  isNeedless(suffix: Suffix, standing: Standing): boolean;
  /**
   * Finds out whether a denial is to be confirmed by another server. Counts it unless that is needless. Later denials wait until the
   * first ones have been confirmed.
   */
  isWanted(suffix: Suffix, standing: Standing, denial: Finding): Promise<boolean>;
  /** Finds out whether another server may be asked. */
  isPossible(suffix: Suffix, standing: Standing): Promise<boolean>;
  /** Records that a denial has been confirmed, or contradicted, or that no other server has an answer. */
  end(suffix: Suffix, denial: Finding): void;
}

/** What the cross-check needs. */
export interface CrossCheckOptions {
  readonly sleeper: Pick<Sleeper, 'sleep'>;
  readonly consultation: Pick<Consultation, 'consult'>;
}

/** The number of denials of each server that are confirmed: of a few or of many servers, and as long as no name is known to exist. */
const limitsWithName = { few: 8, many: 3 } as const;
const limitsWithoutName = { few: 64, many: 4 } as const;
/** Of the denials after these, every so many is confirmed. */
const interval = 16;
/** Milliseconds to wait for another server that is good, and for such a server to confirm other denials. */
const longestWait = 500;
const longestConfirmation = 3000;

/** Creates the cross-check; nothing has been confirmed. */
export function createCrossCheck({ sleeper, consultation }: CrossCheckOptions): CrossCheck {
  /** The denials that are being confirmed. */
  const pending = new WeakMap<Standing, Set<Finding>>();
  const pendingOf = (standing: Standing): Set<Finding> => {
    const known = pending.get(standing) ?? new Set();
    pending.set(standing, known);
    return known;
  };

  const hasOthers = ({ serverCount, avoid }: Suffix, { server }: Standing): boolean =>
    serverCount - avoid.size - (avoid.has(server.url) ? 0 : 1) > 0;

  /** Whether enough denials have been confirmed. Those of a server that has been contradicted never are. */
  const areEnough = (
    { areMany, names }: Suffix,
    { answered, checks, denials, isContradicted }: Standing,
  ): boolean => {
    const limits = answered === undefined && names.existing.length === 0 ? limitsWithoutName : limitsWithName;
    const isDone = checks >= (areMany ? limits.many : limits.few) && denials % interval !== 0;
    return isDone && !isContradicted;
  };

  const isAnotherGood = ({ standings }: Suffix, standing: Standing): boolean =>
    [...standings.values()].some((other) => other !== standing && gradeOf(other) === 'good');

  const mayAnotherBeGood = ({ standings }: Suffix): boolean =>
    [...standings.values()].some((other) => gradeOf(other) === 'unheard' && other.schedule.inFlight > 0);

  /** Waits as long as something holds, for a while at most. Returns whether it does not hold any more. */
  const wait = async (suffix: Suffix, milliseconds: number, holds: () => boolean): Promise<boolean> => {
    let isOver = false;
    const end = sleeper.sleep(milliseconds).then(() => {
      isOver = true;
    });
    while (!isOver && holds()) await Promise.race([suffix.changed.next(), end]);
    return !isOver;
  };

  /** Waits until another server is good, and returns whether one is. */
  const findAnother = async (suffix: Suffix, standing: Standing): Promise<boolean> => {
    if (isAnotherGood(suffix, standing)) return true;
    await consultation.consult(suffix);
    await wait(suffix, longestWait, () => !isAnotherGood(suffix, standing) && mayAnotherBeGood(suffix));
    return isAnotherGood(suffix, standing);
  };

  return {
    isNeedless: (suffix, standing) =>
      !hasOthers(suffix, standing) || (areEnough(suffix, standing) && pendingOf(standing).size === 0),
    async isWanted(suffix, standing, denial) {
      const others = pendingOf(standing);
      const isWaiting = () => areEnough(suffix, standing) && others.size > 0;
      if (isWaiting() && !(await wait(suffix, longestConfirmation, isWaiting))) others.clear();
      if (!hasOthers(suffix, standing) || areEnough(suffix, standing)) return false;
      standing.checks++;
      others.add(denial);
      const isWanted = await findAnother(suffix, standing);
      if (!isWanted && others.delete(denial)) suffix.changed.emit();
      return isWanted;
    },
    isPossible: async (suffix, standing) => hasOthers(suffix, standing) && findAnother(suffix, standing),
    end(suffix, denial) {
      for (const standing of suffix.standings.values())
        if (pending.get(standing)?.delete(denial)) suffix.changed.emit();
    },
  };
}
