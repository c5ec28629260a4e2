import { createEvent, type RepeatedEvent } from '../../util/event.js';
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
  /**
   * Finds out whether a claim that a server has confirmed needs another one. Of many servers, several may filter the same names: two have
   * to confirm it, unless one of them has answered for a name below the suffix.
   */
  needsAnother(suffix: Suffix, standing: Standing, claim: Finding): Promise<boolean>;
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
/** Of many servers, those that have to confirm a claim if they have not answered for any name below the suffix. */
const unprovenConfirmations = 2;
/** Of the denials after these, every so many is confirmed. */
const interval = 16;
/** Milliseconds to wait for another server that is good, and for such a server to confirm other denials. */
const longestWait = 500;
const longestConfirmation = 3000;

/** The denials of a server that are being confirmed. */
interface Confirmations {
  readonly denials: Set<Finding>;
  /** Happens when none of them is left, and when one has been contradicted. */
  readonly ended: RepeatedEvent;
  /** The wait for them, which all later denials share; undefined if none waits. */
  waiting: Promise<void> | undefined;
}

/** Creates the cross-check; nothing has been confirmed. */
export function createCrossCheck({ sleeper, consultation }: CrossCheckOptions): CrossCheck {
  const pending = new WeakMap<Standing, Confirmations>();
  const pendingOf = (standing: Standing): Confirmations => {
    const known = pending.get(standing) ?? { denials: new Set(), ended: createEvent(), waiting: undefined };
    pending.set(standing, known);
    return known;
  };
  /** The servers that have confirmed each claim. */
  const confirmedBy = new WeakMap<Finding, number>();
  /** The searches for another server that is good. */
  const searches = new WeakMap<Standing, Promise<boolean>>();

  const hasOthers = ({ serverCount, avoid }: Suffix, { server }: Standing): boolean =>
    serverCount - avoid.size - (avoid.has(server.url) ? 0 : 1) > 0;

  /**
   * Whether enough denials have been confirmed. Those of a server never are that has been contradicted, or has answered for none of the
   * names that are known to exist: it may not have been asked for one, or the reply was lost.
   */
  const areEnough = (
    { areMany, names }: Suffix,
    { answered, checks, denials, isContradicted, epoch }: Standing,
  ): boolean => {
    const limits = answered === undefined && names.existing.length === 0 ? limitsWithoutName : limitsWithName;
    const isDone = checks >= (areMany ? limits.many : limits.few) && denials % interval !== 0;
    const isUntested = names.existing.length > 0 && answered === undefined && epoch.shown.below !== 'exists';
    return isDone && !isContradicted && !isUntested;
  };

  const isAnotherGood = ({ standings }: Suffix, standing: Standing): boolean =>
    [...standings.values()].some((other) => other !== standing && gradeOf(other) === 'good');

  const mayAnotherBeGood = ({ standings }: Suffix): boolean =>
    [...standings.values()].some((other) => gradeOf(other) === 'unheard' && other.schedule.inFlight > 0);

  /** Waits as long as something holds, and looks again after each event, for a while at most. Returns whether it still holds. */
  const wait = async (event: RepeatedEvent, milliseconds: number, holds: () => boolean): Promise<boolean> => {
    let isOver = false;
    const end = sleeper.sleep(milliseconds).then(() => {
      isOver = true;
    });
    while (!isOver && holds()) await Promise.race([event.next(), end]);
    return holds();
  };

  /**
   * Waits until the denials of a server have been confirmed, or one has been contradicted; those that take too long are no longer waited
   * for.
   */
  const waitForConfirmations = async (confirmations: Confirmations, standing: Standing): Promise<void> => {
    const { denials, ended } = confirmations;
    const holds = () => denials.size > 0 && !standing.isContradicted;
    if (await wait(ended, longestConfirmation, holds)) {
      denials.clear();
      // They have proved nothing.
      standing.checks = 0;
    }
    confirmations.waiting = undefined;
  };

  const endOne = ({ denials, ended }: Confirmations, denial: Finding, { isContradicted }: Standing) => {
    if (denials.delete(denial) && (denials.size === 0 || isContradicted)) ended.emit();
  };

  const search = async (suffix: Suffix, standing: Standing): Promise<boolean> => {
    await consultation.consult(suffix);
    const holds = () => !isAnotherGood(suffix, standing) && mayAnotherBeGood(suffix);
    await wait(suffix.changed, longestWait, holds);
    searches.delete(standing);
    return isAnotherGood(suffix, standing);
  };

  /** Waits until another server is good, and returns whether one is. All denials of a server wait together. */
  const findAnother = (suffix: Suffix, standing: Standing): Promise<boolean> => {
    if (isAnotherGood(suffix, standing)) return Promise.resolve(true);
    const searching = searches.get(standing) ?? search(suffix, standing);
    searches.set(standing, searching);
    return searching;
  };

  return {
    isNeedless: (suffix, standing) =>
      !hasOthers(suffix, standing) || (areEnough(suffix, standing) && pendingOf(standing).denials.size === 0),
    async isWanted(suffix, standing, denial) {
      const confirmations = pendingOf(standing);
      if (areEnough(suffix, standing) && confirmations.denials.size > 0) {
        confirmations.waiting ??= waitForConfirmations(confirmations, standing);
        await confirmations.waiting;
      }
      if (!hasOthers(suffix, standing) || areEnough(suffix, standing)) return false;
      standing.checks++;
      confirmations.denials.add(denial);
      const isWanted = await findAnother(suffix, standing);
      if (!isWanted) endOne(confirmations, denial, standing);
      return isWanted;
    },
    async needsAnother(suffix, standing, claim) {
      const count = (confirmedBy.get(claim) ?? 0) + 1;
      confirmedBy.set(claim, count);
      const isProven = standing.answered !== undefined || standing.epoch.shown.below === 'exists';
      if (!suffix.areMany || isProven || count >= unprovenConfirmations) return false;
      return hasOthers(suffix, standing) && findAnother(suffix, standing);
    },
    isPossible: async (suffix, standing) => hasOthers(suffix, standing) && findAnother(suffix, standing),
    end(suffix, denial) {
      for (const standing of suffix.standings.values()) {
        const confirmations = pending.get(standing);
        if (confirmations) endOne(confirmations, denial, standing);
      }
    },
  };
}
