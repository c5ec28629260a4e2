import * as rate from './rate-control.js';
import {
  type AttemptOrder,
  createRound,
  fewestLater,
  fewestQueries,
  isEmpty,
  isHeavy,
  isSettled,
  type Round,
  recordProven,
  representative,
  sentOf,
  shortestTime,
} from './round.js';
import { isCongested, type RoundTripTime } from './round-trip-time.js';
import { hasToken, refill, takeToken } from './token-bucket.js';

/**
 * How many queries one upstream is sent: how many may be in flight, and how many a second. As in TCP (RFC 5681 section 3.1), the
 * window grows while replies come. Unlike in TCP, losses do not shrink it: a DNS server that can do no more drops or refuses most of
 * what exceeds its limit, and that limit is often a rate, which no window can keep to. So losses set the rate. All times are in
 * milliseconds.
 */
export interface CongestionControl {
  /** Queries that may be in flight. */
  window: number;
  readonly rate: rate.RateControl;
  /** The round to which the next query belongs. */
  round: Round;
}

/** The first and the largest window. */
const initialWindow = 64;
const maximumWindow = 8192;
/** A window that is large enough for a nearby server. Beyond it, the window grows only if round trips stay short. */
const nearbyWindow = 1024;
/** The largest useful window for each millisecond of round-trip time; more queries would only queue up. */
const windowPerMillisecond = 100;
/** A round to which nothing has been added for so many milliseconds does not go on. */
const idleTime = 1000;
/** The largest burst, as milliseconds at the rate. */
const burst = 10;

/**
 * Creates the congestion control of one upstream, without a limit of the rate at first.
 *
 * @param window how many queries may be in flight at first.
 */
export const createCongestionControl = (window = initialWindow): CongestionControl => ({
  window,
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
 * Tells as which attempt for its question a query counts.
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

/** A new round, unless the last one goes on: it is not closed, was sent at the same rate, and not long ago. */
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
  if (mayGrow(control.window, time)) control.window++;
  control.rate.answeredAt = now;
  round[order].answered++;
  judgeIfSettled(control, round, now);
}

const mayGrow = (window: number, time: RoundTripTime): boolean =>
  window < nearbyWindow ||
  (window < Math.min(windowPerMillisecond * time.shortest, maximumWindow) && !isCongested(time));

/** Records that a query counts as lost. */
export function recordLoss(control: CongestionControl, round: Round, order: AttemptOrder, now: number): void {
  round[order].lost++;
  judgeIfSettled(control, round, now);
}

/** Records that the server refused a query. Refusals come at once: the first ones count before the other replies come. */
export function recordRefusal(
  control: CongestionControl,
  round: Round,
  order: AttemptOrder,
  now: number,
): void {
  round[order].lost++;
  const isFirstLimit =
    rate.isUnlimited(control.rate) && isHeavy(representative(round), control.rate.tolerance);
  if (isFirstLimit || isSettled(round)) rate.judge(control.rate, round, now);
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
  rate.recordLateReply(control.rate, round, now);
}

/** Records that nobody waits for the reply to a query any longer: it counts for nothing. */
export function recordForgotten(
  control: CongestionControl,
  round: Round,
  order: AttemptOrder,
  now: number,
): void {
  round[order].sent--;
  judgeIfSettled(control, round, now);
}

function judgeIfSettled({ rate: control }: CongestionControl, round: Round, now: number): void {
  if (isSettled(round)) rate.judge(control, round, now);
}
