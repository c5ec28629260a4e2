import type { Candidate } from '../../names/candidate.js';
import { departureFrom, recordAnswer } from '../suspicion.js';
import { doubt, type Finding, withEvidence } from '../verdict.js';
import type { Canaries } from './canaries.js';
import type { CrossCheck } from './cross-check.js';
import type { Deciding, Reviewed } from './deciding.js';
import type { Existing } from './existing.js';
import { gradeOf, isOutdated, type Standing, troubleWith } from './standing.js';
import type { Suffix } from './suffix.js';
import type { Testing } from './testing.js';
import { mayHaveTwin, type Wildcards } from './wildcards.js';
import type { Witness } from './witness.js';

/** A name that is reviewed, the standing of the server that its finding comes from, and how often it has been asked for. */
export interface Reviewing {
  readonly candidate: Candidate;
  readonly suffix: Suffix;
  readonly standing: Standing;
  readonly round: number;
  /** A denial or an alias of another server that the finding confirms or contradicts, if there is one. */
  readonly claim: Finding | undefined;
}

/** Reviews a finding in the light of the witnesses of one of its servers. */
export type Review = (reviewing: Reviewing, finding: Finding) => Promise<Reviewed>;

/** What a review needs. */
export interface ReviewOptions {
  /** Attempts for one question. */
  readonly tries: number;
  readonly testing: Pick<Testing, 'settle' | 'test'>;
  readonly deciding: Deciding;
  readonly wildcards: Wildcards;
  /** Tests the form of a name; undefined to test none. */
  readonly askForm?: Canaries['askForm'] | undefined;
  /** How denials are confirmed; undefined if they need no confirmation. */
  readonly confirmation?:
    | {
        readonly existing: Pick<Existing, 'isNeedless' | 'test' | 'noteUnknown'>;
        readonly crossCheck: Pick<CrossCheck, 'isNeedless' | 'isWanted' | 'isPossible' | 'needsAnother'>;
      }
    | undefined;
}

/** What is known of a finding when a witness has settled it. */
type Settled =
  | {
      readonly witness: Witness;
      /** Whether any name under the suffix is answered. */
      readonly isWildcard: boolean;
    }
  | { readonly reviewed: Reviewed };

/** The number of times that a name is asked for, for each server, if the denial contradicts the suffix. */
const contradictionRounds = 2;

/** Whether a denial has the SOA record of the root, which contradicts that the suffix exists. */
const isDeniedByRoot = ({ verdict, zone }: Finding): boolean => verdict.status === 'absent' && zone === '';

/** Whether a name has an alias though names below its suffix are delegated, and so have SOA records (RFC 2181 section 10.1). */
const hasDoubtfulAlias = ({ candidate, suffix }: Reviewing, { alias }: Finding): boolean =>
  alias !== undefined && suffix.isListed && !candidate.word.includes('.');

/** Creates a review. */
export function createReview(options: ReviewOptions): Review {
  const { tries, testing, deciding, wildcards, askForm, confirmation } = options;

  /** Has an outdated name asked for again: the server has answered differently since, and is right again. */
  const askAgain = ({ suffix, standing: { server }, round }: Reviewing, finding: Finding): Reviewed =>
    deciding.isRoundLeft(suffix, round)
      ? {}
      : doubt(finding, `${server.url} keeps changing its answers about .${suffix.name}`);

  /**
   * Waits until a witness has settled a finding, and decides what becomes of it if there is a trouble.
   *
   * @param isDecided whether the name servers of the name have decided, so that answers for any name do not matter.
   */
  const settle = async (reviewing: Reviewing, finding: Finding, isDecided = false): Promise<Settled> => {
    const { suffix, standing, round } = reviewing;
    for (;;) {
      const settlement = await testing.settle(standing, finding);
      const isOutdated = settlement === 'outdated';
      const hasChanged = isOutdated && gradeOf(standing) === 'changed';
      const witness = isOutdated ? standing.epoch.last : settlement;
      if (witness === undefined || (isOutdated && !hasChanged))
        return { reviewed: askAgain(reviewing, finding) };
      const isAbsent = finding.verdict.status === 'absent';
      const trouble = hasChanged ? 'changed' : troubleWith(standing, witness, isAbsent);
      const isAboutRandom = trouble === 'wildcard' || trouble === 'no random';
      if (trouble === undefined || (isDecided && isAboutRandom)) return { witness, isWildcard: false };
      const decided = await deciding.decideAbout(suffix, round, { finding, standing, trouble, witness });
      if (decided === 'name servers') return { witness, isWildcard: true };
      if (decided !== 'once more') return decided;
    }
  };

  /** Has a name asked for again that is denied by the root, elsewhere if possible. */
  const reviewDenial = ({ suffix, standing: { server }, round }: Reviewing, finding: Finding): Reviewed => {
    if (!isDeniedByRoot(finding)) return finding;
    if (round < Math.min(contradictionRounds * suffix.serverCount, tries)) return { avoid: server.url };
    return doubt(finding, `${server.url} says that the root denies it, but .${suffix.name} exists`);
  };

  /**
   * Compares a name with random names beside it, and waits until a witness has settled what has come back.
   *
   * @param isKnown whether it is known that any name under the suffix is answered.
   */
  const reviewBeside = async (
    reviewing: Reviewing,
    before: Finding,
    { evidence }: Witness,
    isKnown: boolean,
  ): Promise<Reviewed> => {
    const { candidate, suffix, standing, round } = reviewing;
    const { finding, isWildcard } = await wildcards.compare(candidate, before, standing, isKnown);
    const isUnknown = finding.verdict.status === 'unknown';
    if (isUnknown && isWildcard && deciding.isSampled(suffix, round)) return { avoid: standing.server.url };
    if (isUnknown) return withEvidence(finding, evidence);
    const settled = await settle(reviewing, finding, isWildcard);
    if ('reviewed' in settled) return settled.reviewed;
    if (settled.isWildcard) return reviewBeside(reviewing, before, settled.witness, true);
    return withEvidence(finding, settled.witness.evidence);
  };

  /** Whether a denial needs no confirmation, as far as can be said at once. */
  const isConfirmed = (suffix: Suffix, standing: Standing): boolean =>
    confirmation === undefined ||
    (confirmation.existing.isNeedless(standing) && confirmation.crossCheck.isNeedless(suffix, standing));

  /** Has a denial stand the test of a name that exists, and the confirmation by another server. */
  const confirm = async (reviewing: Reviewing, finding: Finding): Promise<Reviewed> => {
    const { suffix, standing, claim } = reviewing;
    if (confirmation === undefined) return finding;
    const { existing, crossCheck } = confirmation;
    if (await existing.test(suffix, standing)) {
      const settled = await settle(reviewing, finding);
      if ('reviewed' in settled) return settled.reviewed;
    }
    const { url } = standing.server;
    const isChecked = claim
      ? await crossCheck.needsAnother(suffix, standing, claim)
      : await crossCheck.isWanted(suffix, standing, finding);
    if (isChecked) return { avoid: url, claim: claim ?? finding };
    void existing.noteUnknown(suffix);
    return finding;
  };

  /** Has a doubtful alias confirmed by another server, if there is one: a server may block a name by an alias of its own. */
  const confirmAlias = async (reviewing: Reviewing, alias: Finding): Promise<Reviewed> => {
    const { suffix, standing, claim } = reviewing;
    const finding = { ...alias, isDoubtful: true };
    const isChecked = !claim && (await confirmation?.crossCheck.isPossible(suffix, standing));
    return isChecked ? { avoid: standing.server.url, claim: finding } : finding;
  };

  return async (reviewing, finding) => {
    const { candidate, suffix, standing } = reviewing;
    const isAbsent = finding.verdict.status === 'absent';
    recordAnswer(standing.epoch.habits, finding, finding.type);
    const tested = isAbsent || standing.isByForm ? undefined : askForm?.(standing, candidate.name);
    const first = await testing.settle(standing, finding);
    let isFine = first !== 'outdated' && troubleWith(standing, first, isAbsent) === undefined;
    if (tested && isFine) {
      await tested;
      isFine = !standing.isByForm && !isOutdated(standing, finding);
      // The witness has the servers chosen anew.
      if (standing.isByForm) await testing.test(standing);
    }
    const settled =
      isFine && first !== 'outdated'
        ? { witness: first, isWildcard: false }
        : await settle(reviewing, finding);
    if ('reviewed' in settled) return settled.reviewed;
    const { witness, isWildcard } = settled;
    if (isWildcard) return reviewBeside(reviewing, finding, witness, true);
    const suspicion = departureFrom(candidate.name, standing.epoch.habits, finding);
    if (suspicion !== undefined) return { ...withEvidence(finding, witness.evidence), suspicion };
    if (mayHaveTwin(candidate, finding)) return reviewBeside(reviewing, finding, witness, false);
    const reviewed = reviewDenial(reviewing, withEvidence(finding, witness.evidence));
    if (!('verdict' in reviewed)) return reviewed;
    if (reviewed.verdict.status !== 'absent')
      return hasDoubtfulAlias(reviewing, reviewed) ? confirmAlias(reviewing, reviewed) : reviewed;
    standing.denials++;
    return isConfirmed(suffix, standing) ? reviewed : confirm(reviewing, reviewed);
  };
}
