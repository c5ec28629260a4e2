import { createHabits, type ReplyHabits, recordDenial } from '../suspicion.js';
import { covers, isRight, isWrong, type Span, type Witness } from './witness.js';

/**
 * The findings of one server and suffix that no witness covers yet, and what the last witnesses have shown. A finding is settled
 * by the first witness that was sent after its last query and came back after its reply, if a right one was sent before its first
 * query.
 */
export interface Epoch {
  /** What the last witness that was not left unanswered has shown; undefined before the first one. */
  shown: Pick<Witness, 'suffix' | 'random' | 'below'>;
  /** Whether a name below the suffix has ever been answered. */
  hasAnswered: boolean;
  /** How the server denies random names. */
  readonly habits: ReplyHabits;
  /** The last witness. */
  last: Witness | undefined;
  /** Whether a witness has ever been right, so that a wrong one shows that the server has changed its mind. */
  wasRight: boolean;
  /** The place from which on queries have a right witness before them; 0 as long as there is none. */
  rightSince: number;
  /** The number of witnesses since the last right one that were wrong, or left unanswered by a server that has changed its mind. */
  wrong: number;
  /** The witnesses in flight, in the order in which they were asked; those that have ended wait for the ones before. */
  readonly witnesses: (Witness | undefined)[];
  /** The number of witnesses that have been asked, and of those that have been taken from the list. */
  asked: number;
  taken: number;
}

/** Creates an epoch without a witness. */
export const createEpoch = (): Epoch => ({
  shown: { suffix: 'unanswered', random: 'unanswered', below: 'unanswered' },
  hasAnswered: false,
  habits: createHabits(),
  last: undefined,
  wasRight: false,
  rightSince: 0,
  wrong: 0,
  witnesses: [],
  asked: 0,
  taken: 0,
});

/** Records that a witness is asked. Returns its number. */
export function beginWitness(epoch: Epoch): number {
  epoch.witnesses.push(undefined);
  return epoch.asked++;
}

/**
 * Records how a witness has come back. Witnesses count in the order in which they were asked: a slow one may be the only one
 * that has met a lie.
 *
 * @returns the witnesses that count now, in order.
 */
export function endWitness(epoch: Epoch, number: number, witness: Witness): readonly Witness[] {
  epoch.witnesses[number - epoch.taken] = witness;
  const ended: Witness[] = [];
  for (let next = epoch.witnesses[0]; next !== undefined; next = epoch.witnesses[0]) {
    epoch.witnesses.shift();
    epoch.taken++;
    ended.push(next);
  }
  return ended;
}

/**
 * Lets a witness count.
 *
 * @returns whether the server has answered differently before.
 */
export function takeWitness(epoch: Epoch, witness: Witness): boolean {
  const { shown } = epoch;
  const suffix = witness.suffix === 'unanswered' ? shown.suffix : witness.suffix;
  const random = witness.random === 'unanswered' ? shown.random : witness.random;
  const below = witness.below === 'unanswered' ? shown.below : witness.below;
  const hasChanged =
    differs(shown.suffix, suffix) || differs(shown.random, random) || differs(shown.below, below);
  epoch.shown = { suffix, random, below };
  epoch.hasAnswered ||= below === 'exists';
  epoch.last = witness;
  if (witness.denial) recordDenial(epoch.habits, witness.denial);
  if (isRight(witness)) {
    if (!epoch.wasRight) epoch.rightSince = witness.begun;
    epoch.wasRight = true;
    epoch.wrong = 0;
  }
  if (isWrong(witness) || (!isRight(witness) && hasChangedItsMind(epoch))) epoch.wrong++;
  return hasChanged;
}

const differs = (before: string, after: string): boolean => before !== 'unanswered' && before !== after;

/** The witness that settles a finding; undefined as long as none does. */
export const settlingWitness = ({ last }: Epoch, finding: Span): Witness | undefined =>
  last && covers(last, finding) ? last : undefined;

/** Whether the server has been right, and is wrong now. */
export const hasChangedItsMind = ({ wasRight, hasAnswered, shown }: Epoch): boolean =>
  (wasRight && (shown.suffix === 'denied' || shown.random === 'exists')) ||
  (hasAnswered && shown.below === 'denied');
