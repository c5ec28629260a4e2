import {
  addRound,
  addToHistory,
  blamedShare,
  createTallies,
  createTally,
  fewestQueries,
  isHeavy,
  type Round,
  representative,
  sentOf,
  sentRate,
  sumOf,
  type Tallies,
  type Tally,
} from './round.js';
import { createTokenBucket, type TokenBucket } from './token-bucket.js';

/**
 * How many queries a second one upstream is sent. There is no limit until a round loses clearly more than a line does. Then the rate
 * is what was answered of it, and it grows again after rounds that lose little: fast at first, slowly close to the rate at which much
 * was lost again. All times are in milliseconds.
 */
export interface RateControl {
  readonly bucket: TokenBucket;
  /** The number of this rate. */
  setting: number;
  /** When the upstream last answered. */
  answeredAt: number;
  /** The share of the queries that may be lost: this line loses so many at any rate. */
  tolerance: number;
  /** What was answered when much was lost again; undefined if that has not happened. */
  limit: number | undefined;
  /** The part by which the rate grows after a round that lost little. */
  growth: number;
  /** The sum of the rounds at this rate that lost neither little nor much. */
  unclear: Tallies;
  /** The last reduction, and what was sent and lost since. */
  reduction: Reduction | undefined;
  since: Tally;
  /** What came of the last first and second attempts, which tells how many names are to blame for losses. */
  history: Tallies;
}

interface Reduction {
  /** The number of the rate that was too high. */
  readonly setting: number;
  /** How many queries were lost at it, and how many of these were answered in the end. */
  readonly lost: number;
  late: number;
  /** The share that was lost since the reduction before. */
  readonly share: number;
  /** Reductions in a row, this one included, that did not change the share. */
  readonly useless: number;
  /** The rate before the first of the reductions that did not change it. */
  readonly rate: number;
}

/** A bad line loses up to this share of the queries; sending fewer does not help against that. */
const ordinaryLoss = 0.06;
/** How much of the tolerance for more losses is kept after a round that lost little. */
const toleranceDecay = 0.98;
/** A round that lost up to this part of the tolerable share lost little. */
const littleLoss = 0.5;
/** So many queries are enough to tell whether much was lost. */
const enoughQueries = 256;
/** A reduction is useless if at least this part of the share is lost again, unless it is less or more than a bad line loses. */
const sameShare = 0.8;
const leastLostByLine = 2 * ordinaryLoss;
const mostLostByLine = 0.5;
/** With fewer queries since the reduction before, it cannot be told whether that was useless. */
const fewestSince = 16;
/** Useless reductions in a row that show that the line itself loses that much. */
const uselessReductions = 2;
/** The growth of the rate: the first one after it has come to a limit, how much faster it gets each time, and the fastest. */
const cautiousGrowth = 0.03;
const acceleration = 1.5;
const fullGrowth = 0.5;
/** A round uses a rate if it was sent at this part of it; otherwise, there was not enough to send. */
const usedPart = 0.5;
/** An upstream that answered in the last so many milliseconds is not away. */
const recently = 2000;
/** The least part of the rate that is kept, and the lowest rate, in queries a second. */
const leastKept = 0.25;
const lowestRate = 5;

/** Creates the rate control of an upstream of which nothing is known. */
export const createRateControl = (): RateControl => ({
  bucket: createTokenBucket(Number.POSITIVE_INFINITY),
  setting: 0,
  answeredAt: Number.NEGATIVE_INFINITY,
  tolerance: ordinaryLoss,
  limit: undefined,
  growth: fullGrowth,
  unclear: createTallies(),
  reduction: undefined,
  since: createTally(),
  history: createTallies(),
});

/** Whether there is no limit yet. */
export const isUnlimited = ({ bucket }: RateControl): boolean => bucket.rate === Number.POSITIVE_INFINITY;

const hasAnswered = ({ answeredAt }: RateControl): boolean => answeredAt !== Number.NEGATIVE_INFINITY;

/**
 * Takes a round into account, once: if it is long enough, or at once if it is the first that lost much.
 *
 * @returns whether earlier reductions have been taken back, as they were useless.
 */
export function judge(control: RateControl, round: Round, now: number): boolean {
  if (round.isOver) return false;
  const { tolerance } = control;
  const unclear = addRound(control.unclear, round);
  const blamed = blamedShare(control.history);
  const [alone, total] = [representative(round, blamed, unclear), representative(unclear, blamed)];
  const heavy = [alone, total].find((tally) => isHeavy(tally, tolerance));
  if (!round.isClosed && !(heavy && mayBeFirstLimit(control, round))) return false;
  round.isOver = true;
  control.history = addToHistory(control.history, round);
  round.wasTooMuch = heavy
    ? heavy.lost < heavy.sent || now - control.answeredAt < recently
    : isLimitedFor(control, round.later);
  if (round.setting !== control.setting) return false;
  control.since = sumOf(control.since, alone);
  if (heavy) return reduce(control, round, heavy, now);
  if (sentOf(round) >= fewestQueries && lostLittle(alone, tolerance)) grow(control, round, now);
  else if (total.sent < enoughQueries) control.unclear = unclear;
  else stepBack(control, total, now);
  return false;
}

/**
 * Passes over the first round that was too much, if the server has ever answered: something else than the rate is reduced.
 *
 * @returns whether there was such a round.
 */
export function passOver(control: RateControl, round: Round): boolean {
  if (round.isOver || !mayBeFirstLimit(control, round) || !hasAnswered(control)) return false;
  if (!isTooMuch(control, round)) return false;
  round.isOver = true;
  round.wasTooMuch = true;
  control.setting++;
  return true;
}

/** Whether a round has lost too much so far. */
export const isTooMuch = ({ history, tolerance }: RateControl, round: Round): boolean =>
  isHeavy(representative(round, blamedShare(history)), tolerance);

/** Whether names that nobody answers are to blame for many losses. */
export const areNamesToBlame = ({ history }: RateControl): boolean =>
  blamedShare(history) > littleLoss * ordinaryLoss;

/** Whether a round may show the first limit, before it is long enough. */
const mayBeFirstLimit = (control: RateControl, round: Round): boolean =>
  isUnlimited(control) && sentOf(round) >= fewestQueries;

/** Whether an upstream with a limit answered some of the later attempts, and lost many. */
const isLimitedFor = (control: RateControl, later: Tally): boolean =>
  !isUnlimited(control) && later.answered > 0 && isHeavy(later, control.tolerance);

/**
 * Records the reply to a query that counted as lost. If most of them come, the server was only busy for a moment.
 *
 * @returns whether reductions have been taken back.
 */
export function recordLateReply(control: RateControl, { setting }: Round, now: number): boolean {
  const { reduction } = control;
  if (setting !== reduction?.setting || ++reduction.late <= reduction.lost / 2) return false;
  restore(control, reduction, now);
  return true;
}

/** Lowers the rate. Returns true if it takes reductions back instead. */
function reduce(control: RateControl, round: Round, tally: Tally, now: number): boolean {
  const { bucket, reduction: before, setting } = control;
  const share = shareLost(tally);
  // A server at its limit answers some queries: one that answers none is away, or refuses all.
  if (tally.answered === 0 && !(isUnlimited(control) && hasAnswered(control))) return false;
  const lasting = shareLost(control.since);
  const isUseless =
    before !== undefined && control.since.sent >= fewestSince && isSameShare(lasting, before.share);
  const useless = isUseless ? before.useless + 1 : 0;
  control.since = createTally();
  // Without a limit, the first attempts may have had more room than the second ones.
  if (isUnlimited(control)) control.history = createTallies();
  if (isUseless && useless >= uselessReductions) {
    control.tolerance = Math.max(lasting, control.tolerance);
    restore(control, before, now);
    return true;
  }
  const rate = usedRate(bucket.rate, round) * Math.max(1 - share, leastKept);
  control.reduction = {
    setting,
    lost: tally.lost,
    late: 0,
    share: lasting,
    useless,
    rate: isUseless ? before.rate : bucket.rate,
  };
  if (!isUnlimited(control)) {
    control.limit = rate;
    control.growth = cautiousGrowth;
  }
  setRate(control, rate, now);
  return false;
}

const lostLittle = ({ sent, lost }: Tally, tolerance: number): boolean =>
  sent > 0 && lost <= littleLoss * tolerance * sent;

const shareLost = ({ sent, lost }: Tally): number => lost / sent;

const isSameShare = (share: number, before: number): boolean =>
  share >= Math.max(sameShare * before, leastLostByLine) && share <= mostLostByLine;

/** The rate at which a round was sent, unless there was not enough to send. */
function usedRate(rate: number, round: Round): number {
  const sent = sentRate(round);
  return rate === Number.POSITIVE_INFINITY || isUsed(rate, sent) ? Math.min(sent, rate) : rate;
}

const isUsed = (rate: number, sent: number): boolean => sent >= usedPart * rate;

/** Lets the rate grow, if it has been used. */
function grow(control: RateControl, round: Round, now: number): void {
  const { bucket } = control;
  control.unclear = createTallies();
  control.tolerance = Math.max(control.tolerance * toleranceDecay, ordinaryLoss);
  if (!isUsed(bucket.rate, sentRate(round))) return;
  setRate(control, bucket.rate * (1 + control.growth), now);
  control.growth = Math.min(control.growth * acceleration, fullGrowth);
}

/** Goes back towards the limit after rounds that lost neither little nor much. */
function stepBack(control: RateControl, total: Tally, now: number): void {
  const { bucket, limit } = control;
  control.unclear = createTallies();
  if (limit === undefined || bucket.rate <= limit) return;
  control.growth = cautiousGrowth;
  setRate(control, Math.max(bucket.rate * (1 - shareLost(total)), limit), now);
}

/** Takes reductions back. */
function restore(control: RateControl, { rate }: Reduction, now: number): void {
  control.limit = undefined;
  control.growth = fullGrowth;
  control.reduction = undefined;
  setRate(control, rate, now);
}

function setRate(control: RateControl, rate: number, now: number): void {
  const { bucket } = control;
  bucket.tokens = Math.min(bucket.tokens, 1);
  bucket.filledAt = now;
  bucket.rate = Math.max(rate, lowestRate);
  control.unclear = createTallies();
  control.setting++;
}
