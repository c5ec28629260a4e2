import { blockedBy } from '../suspicion.js';
import { doubt, type Finding, withEvidence } from '../verdict.js';
import type { Consultation } from './consultation.js';
import { decide, disputeOf } from './decision.js';
import { explainDispute, explainTrouble, isCutOff } from './reasons.js';
import { gradeOf, type Standing, type Trouble } from './standing.js';
import { isAnyTested, othersOf, type Suffix } from './suffix.js';
import type { Testing } from './testing.js';
import type { Witness } from './witness.js';

/** A finding as far as it can be believed; or the name must be asked for again. */
export type Reviewed = Finding | AskAgain;

/** The name must be asked for again. */
export interface AskAgain {
  /** Not at this server, as long as there is another one. */
  readonly avoid?: string;
  /** A denial, or an alias, that another server is asked to confirm; it counts unless that one contradicts it. */
  readonly claim?: Finding;
}

/** What becomes of a finding with which there is a trouble. */
export type Decided =
  | { readonly reviewed: Reviewed }
  /** More is known now, so the finding is looked at once more. */
  | 'once more'
  /** The name servers of the name are to decide. */
  | 'name servers';

/** A finding that is not believed as it is. */
export interface Troubled {
  readonly finding: Finding;
  readonly standing: Standing;
  readonly trouble: Trouble;
  readonly witness: Witness;
}

/** What the decisions need. */
export interface DecidingOptions {
  /** How often a server that has changed its mind is tested. */
  readonly tries: number;
  readonly testing: Pick<Testing, 'test' | 'busy'>;
  readonly consultation: Pick<Consultation, 'consult' | 'areRootsKnown' | 'recover'>;
  readonly note: (message: string, topic?: string) => void;
}

/** Decides about findings that are not believed as they are. */
export interface Deciding {
  /**
   * Decides what becomes of a finding, as soon as that is known.
   *
   * @param round how often the name has been asked for.
   */
  decideAbout(suffix: Suffix, round: number, troubled: Troubled): Promise<Decided>;
  /** Whether a name may be asked for again after a round. */
  isRoundLeft(suffix: Suffix, round: number): boolean;
  /** Whether there are many servers, and one that has not been asked about the suffix may know better. */
  isSampled(suffix: Suffix, round: number): boolean;
}

/** The most servers for each of which a name gets one more round. */
const mostServers = 16;

/** Creates what decides about findings that are not believed as they are. */
export function createDeciding({ tries, testing, consultation, note }: DecidingOptions): Deciding {
  const isRoundLeft = ({ serverCount }: Suffix, round: number) =>
    round < tries + Math.min(serverCount, mostServers);

  const isSampled = (suffix: Suffix, round: number) =>
    suffix.areMany && suffix.standings.size < suffix.serverCount && isRoundLeft(suffix, round);

  /** Gives a finding up, and says why. */
  const giveUp = (suffix: Suffix, { finding, standing, trouble, witness }: Troubled): Finding => {
    const dispute = disputeOf(othersOf(suffix));
    const reason = dispute ? explainDispute(dispute) : explainTrouble(trouble, standing, witness);
    if (dispute) note(reason, `dispute about ${suffix.name}`);
    else if (trouble === 'denied')
      note(reason, isCutOff(standing) ? `${standing.server.url} is cut off` : reason);
    const doubted = doubt(withEvidence(finding, witness.evidence), reason);
    return reason.startsWith(blockedBy) ? { ...doubted, failure: 'blocked' } : doubted;
  };

  /** The tests in flight whose control is a name that the server has answered for. */
  const tests = new Map<Standing, Promise<void>>();

  const testByAnswered = async (standing: Standing, answered: string): Promise<void> => {
    standing.controlName = answered;
    await testing.test(standing);
    tests.delete(standing);
  };

  /**
   * Whether the denial of a suffix may be the habit of a stub resolver that denies all single labels. It is not if the server denies
   * the root as well, or answers for names that do not exist.
   */
  const mayBeHabit = ({ name }: Suffix, { hasSuffix, controlName, server, epoch }: Standing): boolean =>
    !name.includes('.') &&
    !hasSuffix &&
    controlName === name &&
    server.knowsRoot !== false &&
    epoch.shown.random !== 'exists';

  /**
   * Tests a server with a name below the suffix that it has answered for. If there is none, but IANA lists the suffix, waits for
   * the names that are still being asked for.
   *
   * @returns false if this cannot help, or has been done before.
   */
  const tryAnswered = async (suffix: Suffix, standing: Standing): Promise<boolean> => {
    const { answered } = standing;
    let test = tests.get(standing);
    if (test === undefined && !mayBeHabit(suffix, standing)) return false;
    if (test === undefined && answered !== undefined) {
      test = testByAnswered(standing, answered);
      tests.set(standing, test);
    }
    if (test) {
      await test;
      return true;
    }
    const busy = suffix.isListed ? testing.busy() : undefined;
    if (busy === undefined) return false;
    await Promise.race([busy, suffix.changed.next()]);
    return true;
  };

  return {
    isRoundLeft,
    isSampled,
    async decideAbout(suffix, round, troubled) {
      const { standing, trouble } = troubled;
      const { url } = standing.server;
      await consultation.consult(suffix);
      // Another server may have been heard since the last one was asked for the root.
      if (!consultation.areRootsKnown(suffix)) return 'once more';
      const isAboutSuffix = trouble === 'denied' || trouble === 'no suffix';
      if (isAboutSuffix && (await tryAnswered(suffix, standing))) return 'once more';
      const decision = decide(standing, trouble, othersOf(suffix), tries);
      if (decision === 'name servers') return decision;
      if (decision === 'wait') {
        // If no server is being tested, the next round consults others.
        if (isAnyTested(suffix)) await suffix.changed.next();
        return 'once more';
      }
      if (decision === 'unknown' && isSampled(suffix, round)) return { reviewed: { avoid: url } };
      if (decision === 'unknown' || !isRoundLeft(suffix, round))
        return { reviewed: giveUp(suffix, troubled) };
      // If no server is good, all are in use, and the name must avoid this one by itself.
      if (decision === 'elsewhere') return { reviewed: suffix.avoid.has(url) ? {} : { avoid: url } };
      await consultation.recover(suffix, standing);
      return gradeOf(standing) === 'changed' ? 'once more' : { reviewed: {} };
    },
  };
}
