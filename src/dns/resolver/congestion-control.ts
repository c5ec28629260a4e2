import * as rate from './rate-control.js';
import {
  type AttemptOrder,
  createRound,
  fewestLater,
  fewestQueries,
  isEmpty,
  isSettled,
  type Round,
  recordProven,
  sentOf,
  shortestTime,
} from './round.js';
import { isCongested, type RoundTripTime } from './round-trip-time.js';
import { hasToken, refill, takeToken } from './token-bucket.js';

/**
 * How many queries one upstream is sent: how many may be in flight, and how many a second. As in TCP (RFC 5681 section
 * 3.1), the window grows while replies come. Refusals bound it to what the server had accepted, and from then on it
 * grows by one query a round trip. Unlike in TCP, losses do not shrink it: an overloaded DNS server drops most of what
 * exceeds its limit, and that limit is often a rate, which no window can enforce. So losses set the rate, as do
 * refusals that continue with a smaller window. All times are in milliseconds.
 */
export interface CongestionControl {
  /** Queries that may be in flight. */
  window: number;
  /** From this window on, it grows slowly; infinite as long as refusals do not bound it. */
  threshold: number;
  /** Whether refusals may still bound the window for the first time. */
  mayBound: boolean;
  readonly rate: rate.RateControl;
  /** The round to which the next query belongs. */
  round: Round;
}

/** The first and the largest window. */
const initialWindow = 64;
const maximumWindow = 8192;
/** The smallest window to which refusals bound it. */
const leastBound = 4;
/**
 * The window up to which it always grows: enough for a nearby server. Beyond it, it grows only if round trips stay
 * short.
 */
const nearbyWindow = 512;
/** The largest useful window, per millisecond of round-trip time: more queries would only queue up. */
const windowPerMillisecond = 100;
/** A round ends if no query is added for this many milliseconds. */
const idleTime = 1000;
/** The largest burst, as milliseconds at the rate. */
const burst = 10;

/**
 * Creates the congestion control of one upstream. At first, the rate is unlimited.
 *
 * @param window how many queries may be in flight at first.
 */
export const createCongestionControl = (window = initialWindow): CongestionControl => ({
  window,
  threshold: Number.POSITIVE_INFINITY,
  mayBound: true,
  rate: rate.createRateControl(),
  round: createRound(0, 0),
});

/** Whether the window and the rate allow a query now. */
export function hasRoom(
  { window, rate: { bucket } }: CongestionControl,
  inFlight: number,
  now: number,
): boolean {
  refill(bucket, burst, now);
  return inFlight < window && hasToken(bucket);
}

/**
 * Returns how a query counts, by the number of the attempt.
 *
 * @param attempt its number; the first one is 1.
 */
export const orderOf = (attempt: number): AttemptOrder =>
  attempt === 1 ? 'first' : attempt === 2 ? 'second' : 'later';

/** Records that a query is sent, and returns the round to which it belongs. */
export function recordQuery(control: CongestionControl, order: AttemptOrder, now: number): Round {
  takeToken(control.rate.bucket);
  const round = currentRound(control, now);
  if (isEmpty(round)) round.startedAt = now;
  round.lastSentAt = now;
  round[order].sent++;
  round.isClosed = isLongEnough(control, round);
  return round;
}

/**
 * Returns the last round if it goes on: if it is not closed, its rate still holds, and it is not idle. Otherwise starts
 * a new one.
 */
function currentRound(control: CongestionControl, now: number): Round {
  const { round, rate } = control;
  if (round.isClosed || round.setting !== rate.setting || now - round.lastSentAt > idleTime)
    control.round = createRound(rate.setting, now);
  return control.round;
}

const isLongEnough = ({ window, rate: control }: CongestionControl, round: Round): boolean =>
  (sentOf(round) >= fewestQueries || round.later.sent >= fewestLater) &&
  (round.lastSentAt - round.startedAt >= shortestTime ||
    (rate.isUnlimited(control) && sentOf(round) >= window));

/**
 * Records a reply that says something about the name.
 *
 * @param losses how many later attempts for the same question were lost before, at the same rate.
 */
export function recordReply(
  control: CongestionControl,
  time: RoundTripTime,
  round: Round,
  order: AttemptOrder,
  losses: number,
  now: number,
): void {
  if (order === 'later') recordProven(round, losses);
  const { window, threshold } = control;
  if (mayGrow(window, time)) control.window += window < threshold ? 1 : 1 / window;
  control.rate.answeredAt = now;
  round[order].answered++;
  evaluateIfSettled(control, round, now);
}

const mayGrow = (window: number, time: RoundTripTime): boolean =>
  window < nearbyWindow ||
  (window < Math.min(windowPerMillisecond * time.shortest, maximumWindow) && !isCongested(time));

/** Records that a query counts as lost. */
export function recordLoss(control: CongestionControl, round: Round, order: AttemptOrder, now: number): void {
  round[order].lost++;
  evaluateIfSettled(control, round, now);
}

/**
 * Records that the server refused a query.
 *
 * @param inFlight queries still in flight: as many as the server has accepted, since refusals come at once.
 */
export function recordRefusal(
  control: CongestionControl,
  round: Round,
  order: AttemptOrder,
  inFlight: number,
  now: number,
): void {
  round[order].lost++;
  if (control.threshold !== Number.POSITIVE_INFINITY && rate.isTooMuch(control.rate, round))
    bound(control, inFlight);
  if (control.mayBound && rate.skipFirst(control.rate, round)) {
    control.mayBound = false;
    bound(control, inFlight);
  } else {
    evaluateIfSettled(control, round, now);
  }
}

function bound(control: CongestionControl, inFlight: number): void {
  control.window = Math.min(control.window, Math.max(inFlight, leastBound));
  control.threshold = control.window;
}

/** Records the reply to a query that counted as lost. */
export function recordLateReply(
  control: CongestionControl,
  round: Round,
  order: AttemptOrder,
  now: number,
): void {
  round[order].lost--;
  round[order].answered++;
  if (rate.countLateReply(control.rate, round, now)) control.threshold = Number.POSITIVE_INFINITY;
}

/** Records that the reply to a query is not waited for any longer: the query does not count. */
export function recordForgotten(
  control: CongestionControl,
  round: Round,
  order: AttemptOrder,
  now: number,
): void {
  round[order].sent--;
  evaluateIfSettled(control, round, now);
}

function evaluateIfSettled(control: CongestionControl, round: Round, now: number): void {
  if (!isSettled(round)) return;
  const wasUseless = rate.evaluate(control.rate, round, now);
  if (wasUseless || rate.areNamesUnanswerable(control.rate)) control.threshold = Number.POSITIVE_INFINITY;
}
