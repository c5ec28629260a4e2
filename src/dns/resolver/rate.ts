import { createTallies, createTally, type Round, sentRate, type Tallies, type Tally } from './round.js';
import { createTokenBucket, type TokenBucket } from './token-bucket.js';

/**
 * How many queries a second one upstream is sent. There is no limit until a round loses clearly more than a line does.
 * Then the rate falls to what was answered. It grows again after rounds that lose little: fast at first, and slowly
 * near the rate at which much was lost again. All times are in milliseconds.
 */
export interface RateControl {
  readonly bucket: TokenBucket;
  /** The number of the present rate; each change of the rate gets the next number. */
  setting: number;
  /** When the upstream last answered. */
  answeredAt: number;
  /** The share of the queries that may be lost, since this line loses as many at any rate. */
  tolerance: number;
  /** The rate that was answered when much was lost again; undefined if that has not happened. */
  limit: number | undefined;
  /** The factor by which the rate grows after a round that lost little, less 1. */
  growth: number;
  /** The sum of the rounds at this rate that lost more than little, but not clearly too much. */
  unclear: Tallies;
  /** The last reduction, and the queries since then. */
  reduction: Reduction | undefined;
  since: Tally;
  /** The outcomes of recent first and second attempts, which show how many losses are due to names. */
  history: Tallies;
}

/** A reduction of the rate, and its grounds. */
export interface Reduction {
  /** The number of the rate that was too high. */
  readonly setting: number;
  /** How many queries were lost at that rate, and how many of these were answered late. */
  readonly lost: number;
  late: number;
  /** The share that was lost before it, and the rate before it. */
  readonly share: number;
  readonly rate: number;
}

/** A bad line loses up to this share of the queries, however few are sent. */
export const ordinaryLoss = 0.06;
/** The part of the tolerance that is kept after a round that lost little. */
const toleranceDecay = 0.98;
/** With fewer queries since a reduction, it cannot be told whether it was useless. */
export const fewestSince = 32;
/**
 * The growth of the rate: the first one after a limit was met, the factor by which it increases each time, and the
 * fastest.
 */
const cautiousGrowth = 0.03;
const acceleration = 1.5;
const fullGrowth = 0.5;
/** A round used a rate if it was sent at no less than this part of it; otherwise, there was too little to send. */
const usedPart = 0.5;
/** The smallest part of the rate that a reduction leaves, and the lowest rate, in queries a second. */
const leastKept = 0.25;
const lowestRate = 5;

/** Creates the rate control of an upstream that has not been asked yet. */
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

/** Whether the upstream has ever answered. */
export const hasAnswered = ({ answeredAt }: RateControl): boolean => answeredAt !== Number.NEGATIVE_INFINITY;

/** The share of the queries that were lost. */
export const shareLost = ({ sent, lost }: Tally): number => lost / sent;

/** Lowers the rate by the share that was lost. */
export function reduce(control: RateControl, round: Round, tally: Tally, now: number): void {
  const { bucket, reduction: before, setting, since } = control;
  // A server at its limit answers some queries. One that answers none is unreachable, or refuses all.
  if (tally.answered === 0 && !(isUnlimited(control) && hasAnswered(control))) return;
  const rate = usedRate(bucket.rate, round) * Math.max(1 - shareLost(tally), leastKept);
  // If it cannot be told yet whether the last reduction was useless, this one continues it.
  const isAnother = before === undefined || since.sent >= fewestSince;
  const known = isAnother ? { share: shareLost(since), rate: bucket.rate } : before;
  control.reduction = { setting, lost: tally.lost, late: 0, share: known.share, rate: known.rate };
  if (isAnother) control.since = createTally();
  if (isUnlimited(control)) {
    // While there was no limit, first attempts may have been answered more often than second ones.
    control.history = createTallies();
  } else {
    control.limit = rate;
    control.growth = cautiousGrowth;
  }
  setRate(control, rate, now);
}

/** The rate at which a round was sent, unless there was not enough to send. */
function usedRate(rate: number, round: Round): number {
  const sent = sentRate(round);
  return rate === Number.POSITIVE_INFINITY || isUsed(rate, sent) ? Math.min(sent, rate) : rate;
}

const isUsed = (rate: number, sent: number): boolean => sent >= usedPart * rate;

/** Lets the rate grow, if it has been used. */
export function grow(control: RateControl, round: Round, now: number): void {
  const { bucket } = control;
  control.unclear = createTallies();
  control.tolerance = Math.max(control.tolerance * toleranceDecay, ordinaryLoss);
  if (!isUsed(bucket.rate, sentRate(round))) return;
  setRate(control, bucket.rate * (1 + control.growth), now);
  control.growth = Math.min(control.growth * acceleration, fullGrowth);
}

/** Goes back towards the limit after rounds that lost neither little nor much. */
export function stepBack(control: RateControl, total: Tally, now: number): void {
  const { bucket, limit } = control;
  control.unclear = createTallies();
  if (limit === undefined || bucket.rate <= limit) return;
  control.growth = cautiousGrowth;
  setRate(control, Math.max(bucket.rate * (1 - shareLost(total)), limit), now);
}

/** Restores the rate before the last reductions. */
export function restore(control: RateControl, { rate }: Reduction, now: number): void {
  control.since = createTally();
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
