import type { ReplyHabits } from '../../../src/probe/suspicion.js';
import type { Decided, Troubled } from '../../../src/probe/trust/deciding.js';
import { createReview, type ReviewOptions } from '../../../src/probe/trust/review.js';
import { createKnownServer, type Grade } from '../../../src/probe/trust/standing.js';
import { createSuffix } from '../../../src/probe/trust/suffix.js';
import type { Settlement } from '../../../src/probe/trust/waiting.js';
import type { Compared } from '../../../src/probe/trust/wildcards.js';
import type { Finding } from '../../../src/probe/verdict.js';
import { primary, secondary } from '../../helpers/answers.js';
import { candidateOf } from '../../helpers/played.js';
import { findingWith } from '../making.js';
import { standingOfGrade, witnessWith } from './standings.js';

export interface Played {
  readonly grade?: Grade;
  /** The witnesses that settle the findings, one after the other, or `outdated`. */
  readonly witnesses?: readonly Settlement[];
  readonly decided?: readonly Decided[];
  readonly isRoundLeft?: boolean;
  readonly isSampled?: boolean;
  /** How the server has denied random names. */
  readonly habits?: Partial<ReplyHabits>;
  /** How denials are confirmed; not at all by default. */
  readonly confirmation?: ReviewOptions['confirmation'];
  /** What comes of the comparison of a name with random names beside it. */
  readonly compare?: (finding: Finding) => Compared;
}

export const right = witnessWith({ evidence: ['right'] });
export const wildcard = witnessWith({ random: 'exists', evidence: ['wildcard'] });

/** Reviews findings with witnesses, decisions and answers that are known beforehand. */
export function reviewWith(played: Played = {}) {
  const suffix = createSuffix('dev', [createKnownServer(primary), createKnownServer(secondary)], () => {});
  const standing = standingOfGrade(played.grade ?? 'good');
  Object.assign(standing.epoch.habits, played.habits);
  const witnesses = [...(played.witnesses ?? [right, right, right])];
  const decided = [...(played.decided ?? [])];
  const troubles: Troubled[] = [];
  const settled: Finding[] = [];
  /** For each comparison, whether it was known that any name is answered. */
  const compared: boolean[] = [];
  const review = createReview({
    tries: 7,
    confirmation: played.confirmation,
    testing: {
      async settle(_standing, finding) {
        settled.push({ ...findingWith(), ...finding });
        const next = witnesses.shift();
        if (next === undefined) throw new Error('Expected no other wait');
        return next;
      },
      test: async () => {},
    },
    deciding: {
      async decideAbout(_suffix, _round, troubled) {
        troubles.push(troubled);
        const next = decided.shift();
        if (next === undefined) throw new Error('Expected no other decision');
        return next;
      },
      isRoundLeft: () => played.isRoundLeft ?? true,
      isSampled: () => played.isSampled ?? false,
    },
    wildcards: {
      async compare(_candidate, finding, _standing, isKnown) {
        compared.push(isKnown);
        return played.compare?.(finding) ?? { finding, isWildcard: isKnown };
      },
    },
  });
  const start = (name = 'live.dev', changes: Partial<Finding> = {}, round = 1, claim?: Finding) =>
    review({ candidate: candidateOf(name), suffix, standing, round, claim }, findingWith(changes));
  return { start, standing, suffix, troubles, settled, compared };
}
