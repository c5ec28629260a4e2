import {
  type CongestionControl,
  createCongestionControl,
  recordForgotten,
  recordLateReply,
  recordLoss,
  recordQuery,
  recordRefusal,
  recordReply,
} from '../../../src/dns/resolver/congestion-control.js';
import type { Round } from '../../../src/dns/resolver/round.js';
import {
  createRoundTripTime,
  type RoundTripTime,
  recordRoundTrip,
} from '../../../src/dns/resolver/round-trip-time.js';

/** Makes a round-trip time from samples in milliseconds. */
export function roundTrips(...samples: readonly number[]): RoundTripTime {
  const time = createRoundTripTime();
  for (const sample of samples) recordRoundTrip(time, sample);
  return time;
}

/** Creates a congestion control whose rate is limited to 1,000 queries a second. */
export function limitedControl(): CongestionControl {
  const control = createCongestionControl();
  control.rate.bucket.rate = 1000;
  return control;
}

/** Creates the congestion control of an upstream that has answered. */
export function answeredControl(window = 64): CongestionControl {
  const control = createCongestionControl(window);
  control.rate.answeredAt = 0;
  return control;
}

/** Sends first attempts at the same time, and returns the round of the last one. */
export function send(control: CongestionControl, count: number, now: number): Round {
  for (let query = 1; query < count; query++) recordQuery(control, 'first', now);
  return recordQuery(control, 'first', now);
}

/** Makes a function that records an outcome of so many first attempts of a round. */
function repeat(record: (control: CongestionControl, round: Round, order: 'first', now: number) => void) {
  return (control: CongestionControl, round: Round, count: number, now: number): void => {
    for (let query = 0; query < count; query++) record(control, round, 'first', now);
  };
}

export const lose = repeat(recordLoss);
export const forget = repeat(recordForgotten);
export const answer = repeat((control, round, order, now) =>
  recordReply(control, roundTrips(10), round, order, 0, now),
);
export const answerLate = repeat(recordLateReply);

/**
 * Records that so many first attempts of a round were refused.
 *
 * @param inFlight how many queries are in flight each time.
 */
export function refuse(
  control: CongestionControl,
  round: Round,
  count: number,
  inFlight: number,
  now: number,
): void {
  for (let query = 0; query < count; query++) recordRefusal(control, round, 'first', inFlight, now);
}

/** Creates a congestion control whose window refusals have bounded to 30 queries, and the round that did it. */
export function boundedControl() {
  const control = answeredControl();
  const round = send(control, 64, 0);
  refuse(control, round, 8, 30, 1);
  return { control, round };
}
