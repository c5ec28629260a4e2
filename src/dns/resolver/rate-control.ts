import {
  fewestSince,
  grow,
  hasAnswered,
  isUnlimited,
  ordinaryLoss,
  type RateControl,
  type Reduction,
  reduce,
  restore,
  shareLost,
  stepBack,
} from './rate.js';
import {
  addRound,
  addToHistory,
  fewestQueries,
  isExcessive,
  type Round,
  representative,
  sentOf,
  sumOf,
  type Tally,
  unanswerableShare,
} from './round.js';

export { createRateControl, isUnlimited, type RateControl } from './rate.js';

/** A round lost little if it lost at most this part of the tolerable share. */
const littleLoss = 0.5;
/** With this many queries, it can be told whether much was lost. */
const enoughQueries = 256;
/** A reduction is useless if at least this part of the share is still lost after it, and a bad line could lose that much. */
const sameShare = 0.8;
const leastLostByLine = 2 * ordinaryLoss;
const mostLostByLine = 0.5;
/** An upstream that answered within this many milliseconds is reachable. */
const recently = 2000;

/**
 * Adjusts the rate to the outcome of a round, once for each round: when it is long enough, or at once if it is the
 * first that lost much.
 *
 * @returns whether earlier reductions turned out to be useless and have been taken back.
 */
export function evaluate(control: RateControl, round: Round, now: number): boolean {
  if (round.isOver || !(round.isClosed || mayBeFirstLimit(control, round))) return false;
  const { tolerance } = control;
  const unclear = addRound(control.unclear, round);
  const unanswerable = unanswerableShare(control.history);
  const [alone, total] = [
    representative(round, unanswerable, unclear),
    representative(unclear, unanswerable),
  ];
  const excessive = [alone, total].find((tally) => isExcessive(tally, tolerance));
  if (!round.isClosed && excessive === undefined) return false;
  round.isOver = true;
  control.history = addToHistory(control.history, round);
  round.wasTooMuch = excessive
    ? excessive.answered > 0 || now - control.answeredAt < recently
    : isLimitedFor(control, round.later);
  if (round.setting !== control.setting) return false;
  control.since = sumOf(control.since, alone);
  if (control.reduction && isUseless(control.reduction, control.since)) {
    control.tolerance = Math.max(shareLost(control.since), tolerance);
    restore(control, control.reduction, now);
    return true;
  }
  if (excessive) reduce(control, round, excessive, now);
  else if (sentOf(round) >= fewestQueries && lostLittle(alone, tolerance)) grow(control, round, now);
  else if (total.sent < enoughQueries) control.unclear = unclear;
  else stepBack(control, total, now);
  return false;
}

/**
 * Skips the first round that lost too much, if the server has ever answered: the window is reduced instead of the rate.
 *
 * @returns whether there was such a round.
 */
export function skipFirst(control: RateControl, round: Round): boolean {
  if (round.isOver || !mayBeFirstLimit(control, round) || !hasAnswered(control)) return false;
  if (!isTooMuch(control, round)) return false;
  round.isOver = true;
  round.wasTooMuch = true;
  control.setting++;
  return true;
}

/** Whether a round has lost too much so far. */
export const isTooMuch = ({ history, tolerance }: RateControl, round: Round): boolean =>
  isExcessive(representative(round, unanswerableShare(history)), tolerance);

/** Whether many losses are due to names that are never answered. */
export const areNamesUnanswerable = ({ history }: RateControl): boolean =>
  unanswerableShare(history) > littleLoss * ordinaryLoss;

/** Whether a round may show the first limit before it is long enough. */
const mayBeFirstLimit = (control: RateControl, round: Round): boolean =>
  isUnlimited(control) && sentOf(round) >= fewestQueries;

/** Whether an upstream with a limit answered some later attempts and lost many. */
const isLimitedFor = (control: RateControl, later: Tally): boolean =>
  !isUnlimited(control) && later.answered > 0 && isExcessive(later, control.tolerance);

/**
 * Records the reply to a query that counted as lost. If most of the lost queries are answered after all, the server was
 * only busy for a moment.
 *
 * @returns whether reductions have been taken back.
 */
export function countLateReply(control: RateControl, { setting }: Round, now: number): boolean {
  const { reduction } = control;
  if (setting !== reduction?.setting || ++reduction.late <= reduction.lost / 2) return false;
  restore(control, reduction, now);
  return true;
}

/** Whether as much was lost after a reduction as before it, so that the line is the reason. */
const isUseless = ({ share }: Reduction, since: Tally): boolean =>
  since.sent >= fewestSince &&
  shareLost(since) >= Math.max(sameShare * share, leastLostByLine) &&
  shareLost(since) <= mostLostByLine;

const lostLittle = ({ sent, lost }: Tally, tolerance: number): boolean =>
  sent > 0 && lost <= littleLoss * tolerance * sent;
