import { createSignal, type Signal } from '../../util/signal.js';
import type { Finding } from '../verdict.js';
import { type CanaryOutcome, describeCanary } from './canary-query.js';

/** What one server has said in answer to one canary, which is asked again and again. */
export interface Canary {
  /** Whether its name must exist. */
  readonly expected: boolean;
  /** The last answer; undefined before the first one. */
  exists: boolean | undefined;
  /** Whether it has ever been answered as expected, so that another answer means that the server has changed its mind. */
  wasRight: boolean;
  /**
   * The canaries sent after `since` and up to `until` were all answered in the same way. Both are in milliseconds, on the
   * clock of `performance.now`.
   */
  since: number;
  until: number;
  /** When the query sent at `until` was answered. */
  untilAnsweredAt: number;
  /** The order of the query sent at `until`. */
  untilOrder: number;
  /** Times without an answered canary in which a lie would not have been seen; the last ones. */
  readonly gaps: Gap[];
  /** Why the last canary was not answered, if it was not. */
  failure: string | undefined;
  /** The queries whose outcomes have not been recorded, in the order in which they were asked. */
  readonly inFlight: CanaryQuery[];
  /** When the last query was asked, and its order. */
  askedAt: number;
  order: number;
  /** The order of the query whose outcome was recorded last. */
  settledOrder: number;
  isBeingRecorded: boolean;
  /** Canaries since the last one that was answered, and not in a way that shows that the server has changed its mind. */
  troubles: number;
  troubledSince: number;
  /** When the last of them was recorded: canaries sent before say nothing new. */
  troubledAt: number;
  /** Whether names no longer wait for the end of these troubles. */
  isHopeless: boolean;
  /** Whether the one in flight takes so long that names are asked for elsewhere, if they can be. */
  isGivenUp: boolean;
  /** The last outcome in words. */
  evidence: string | undefined;
  /** Findings that wait for the next outcome. */
  waiting: number;
  /** Is emitted at each outcome. */
  readonly news: Signal;
}

/** Milliseconds, on the clock of `performance.now`. */
interface Gap {
  readonly from: number;
  readonly to: number;
}

/** One query of a canary. */
export interface CanaryQuery {
  readonly name: string;
  /** When it was asked: milliseconds, on the clock of `performance.now`. */
  readonly askedAt: number;
  /** How many queries of canaries, of this one and others, were asked up to this one. */
  readonly order: number;
  outcome: CanaryOutcome | undefined;
}

/** Creates a canary that has not been asked yet. */
export const createCanary = (expected: boolean): Canary => ({
  expected,
  exists: undefined,
  wasRight: false,
  since: Number.NEGATIVE_INFINITY,
  until: Number.NEGATIVE_INFINITY,
  untilAnsweredAt: Number.NEGATIVE_INFINITY,
  untilOrder: 0,
  gaps: [],
  failure: undefined,
  inFlight: [],
  askedAt: Number.NEGATIVE_INFINITY,
  order: 0,
  settledOrder: 0,
  isBeingRecorded: false,
  troubles: 0,
  troubledSince: 0,
  troubledAt: 0,
  isHopeless: false,
  isGivenUp: false,
  evidence: undefined,
  waiting: 0,
  news: createSignal(),
});

/** The most queries of one canary in flight. */
const maximumInFlight = 16;

/** Limits of the troubles that names wait for. */
export interface Patience {
  /** The most canaries that fail, or show that the server has changed its mind. */
  readonly canaries: number;
  /** The longest time in which they fail, and in which the server is of another mind, in milliseconds. */
  readonly failing: number;
  readonly changed: number;
  /** The longest time between two answered canaries, in milliseconds: in a longer one, a lie may go unseen. */
  readonly gap: number;
}

/**
 * Records the outcome of a query. The outcomes are recorded in the order of the queries.
 *
 * @param now milliseconds, on the clock of `performance.now`.
 */
export function recordCanary(
  canary: Canary,
  { name, order, askedAt }: CanaryQuery,
  outcome: CanaryOutcome,
  patience: Patience,
  now: number,
): void {
  canary.settledOrder = order;
  canary.isGivenUp = false;
  canary.evidence = describeCanary(name, outcome);
  if ('failure' in outcome) {
    canary.failure = outcome.failure;
  } else {
    canary.failure = undefined;
    if (canary.exists !== undefined && canary.exists !== outcome.exists) canary.since = outcome.sentAt;
    addGap(canary, outcome.sentAt, patience.gap);
    canary.exists = outcome.exists;
    canary.until = outcome.sentAt;
    canary.untilAnsweredAt = outcome.answeredAt;
    canary.untilOrder = order;
    canary.wasRight ||= isRight(canary);
  }
  if (canary.failure !== undefined || hasChanged(canary)) {
    if (canary.troubles === 0) canary.troubledSince = askedAt;
    if (canary.troubles === 0 || askedAt >= canary.troubledAt) {
      canary.troubles++;
      canary.troubledAt = now;
    }
    const longest = canary.failure === undefined ? patience.changed : patience.failing;
    canary.isHopeless ||= canary.troubles >= patience.canaries || now - canary.troubledSince >= longest;
  } else {
    canary.troubles = 0;
    canary.isHopeless = false;
  }
}

const maximumGaps = 16;

/** Milliseconds within which a query and a canary are sent at the same moment. */
const sameMoment = 10;

function addGap({ gaps, until }: Canary, sentAt: number, longest: number): void {
  if (until === Number.NEGATIVE_INFINITY || sentAt - until <= longest) return;
  gaps.push({ from: until, to: sentAt - sameMoment });
  if (gaps.length > maximumGaps) gaps.shift();
}

/** Whether a finding is from a time in which a lie may have gone unseen. */
export const isUnseen = ({ gaps }: Canary, { firstSentAt, lastSentAt }: Finding): boolean =>
  gaps.some(
    ({ from, to }) => (firstSentAt > from && firstSentAt < to) || (lastSentAt > from && lastSentAt < to),
  );

/** Whether the last answer was as expected. */
const isRight = ({ exists, expected }: Canary): boolean => exists === expected;

/** Whether the server has changed its mind: it has answered as expected before, and does not any more. */
export const hasChanged = ({ exists, expected, wasRight }: Canary): boolean =>
  wasRight && exists !== undefined && exists !== expected;

/** Whether a canary sent after the queries of a finding has been answered. */
export function covers(canary: Canary, { lastSentAt, order, answeredAt }: Finding): boolean {
  const { until, untilOrder, untilAnsweredAt } = canary;
  // Through different sockets, what is sent first may arrive last: then it is answered last, too.
  if (untilAnsweredAt < answeredAt && until <= answeredAt) return false;
  // A canary and a query that were sent in the same moment were sent in the order in which they were asked.
  return lastSentAt < until || (lastSentAt === until && order < untilOrder);
}

/** Whether a finding is from a time when the server answered in another way, or was about to change its mind. */
export const isFromBeforeChange = ({ since }: Canary, { firstSentAt }: Finding): boolean =>
  firstSentAt <= since;

/** Whether an outcome is the first answer to a canary, and not as expected. */
export const isWrongAtFirst = (canary: Canary, outcome: CanaryOutcome): boolean =>
  canary.exists === undefined && 'exists' in outcome && !isRight({ ...canary, exists: outcome.exists });

/** Whether a canary may be asked once more: one without an answer, or with a new one, has few queries in flight. */
export const hasRoom = ({ inFlight, exists, troubles }: Canary): boolean =>
  inFlight.length < (troubles > 0 ? 1 : exists === undefined ? 2 : maximumInFlight);
