import { createRateLimiter } from './rate-limiter.js';
import type { RoundTripTime } from './round-trip-time.js';

/**
 * Limits how many queries are sent to one upstream. As in TCP (RFC 5681), the window of queries in flight grows while
 * replies come. If far more is lost than on a bad line, the server is dropping queries beyond a limit of its own: from
 * then on, queries are sent at the rate at which replies came, and that rate grows slowly.
 */
export interface CongestionControl {
  /** Queries that may be in flight. A function: a getter would make V8 turn the object into a slow dictionary. */
  window(): number;
  /** Queries that may be sent now; `now` is in milliseconds, on the clock of `performance.now`. */
  allowance(now: number): number;
  recordQuery(now: number): void;
  recordReply(now: number): void;
  /** Records that a query counts as lost; `resumeAt` is when the next one may be sent, if not at once. */
  recordLoss(now: number, resumeAt?: number): void;
  /** Records the reply to a query that counted as lost. */
  recordLateReply(): void;
}

/** The first and the largest window. */
const initialWindow = 64;
const maximumWindow = 8192;
/** The growth of the window with each reply, so that it triples in a round trip. */
const windowGrowth = 2;
/** A window that is large enough for a nearby server. Beyond it, the window grows only if round trips stay short. */
const nearbyWindow = 1024;
/** The largest useful window for each millisecond of round-trip time; more queries would only queue up. */
const windowPerMillisecond = 100;
/** A bad line loses up to this share of the queries; sending fewer does not help against that. */
const ordinaryLoss = 0.06;
/** The growth of the rate after a round with ordinary loss. */
const growth = 1.3;
/** The same close to the rate at which the server last dropped queries. */
const cautiousGrowth = 1.04;
/** Milliseconds without a query, a reply or a loss after which a run was idle. */
const idleTime = 1000;
/** The shortest round after which the rate is adjusted, in milliseconds. */
const minimumRound = 100;

/** A reduction of the rate after a round that lost too much. */
interface Reduction {
  /** The share and the number of queries that were lost in that round. */
  readonly loss: number;
  readonly losses: number;
  readonly rateBefore: number;
  /** Late replies since then. */
  lateReplies: number;
}

/**
 * Creates the congestion control of one upstream, without a rate limit at first.
 *
 * @param roundTripTime what is known of the round trips to the upstream.
 */
export function createCongestionControl(
  roundTripTime: Pick<RoundTripTime, 'timeout' | 'shortest' | 'isCongested'>,
): CongestionControl {
  const limiter = createRateLimiter(Number.POSITIVE_INFINITY);
  let window = initialWindow;
  let roundStart = 0;
  let replies = 0;
  let losses = 0;
  /** The share of the queries that this line loses at any rate. */
  let lineLoss = ordinaryLoss;
  /** The last reduction, until it is known whether it helped. */
  let reduction: Reduction | undefined;
  /** The rate at which the server last dropped queries. */
  let limitSeen = 0;
  /** Whether this round follows a reduction: queries lost in it were sent before the reduction. */
  let isSettling = false;
  let lastEventAt = Number.NEGATIVE_INFINITY;

  const mayGrow = () =>
    window < Math.min(windowPerMillisecond * roundTripTime.shortest(), maximumWindow) &&
    !roundTripTime.isCongested();

  const endRoundIfOver = (now: number) => {
    const duration = now - roundStart;
    if (roundStart > 0 && duration < Math.max(roundTripTime.timeout(), minimumRound)) return;
    if (roundStart > 0 && !isSettling) adjustRate(replies + losses, duration);
    else isSettling = false;
    roundStart = now;
    replies = 0;
    losses = 0;
  };

  const adjustRate = (total: number, duration: number) => {
    // A round without replies says nothing about the server's limit: the line was dead.
    if (replies === 0) return;
    const loss = losses / total;
    const isHeavy = losses >= 4 && losses > lineLoss * total + 2 * Math.sqrt(lineLoss * total);
    if (isHeavy && reduction !== undefined && loss > reduction.loss / 2) {
      // The reduction has not helped, so the line itself loses this much.
      lineLoss = loss;
      reduction = undefined;
    } else if (isHeavy) {
      reduction = { loss, losses, rateBefore: limiter.rate, lateReplies: 0 };
      limiter.rate = (replies / duration) * 1000;
      limitSeen = limiter.rate;
      isSettling = true;
    } else {
      reduction = undefined;
      lineLoss = Math.max(lineLoss * 0.99, ordinaryLoss);
      growRate(total, duration);
    }
  };

  /** After an idle time, what was seen of the server's limit means nothing. */
  const forgetRate = () => {
    limiter.rate = Number.POSITIVE_INFINITY;
    reduction = undefined;
    roundStart = 0;
    replies = 0;
    losses = 0;
  };

  const growRate = (total: number, duration: number) => {
    const isRateUsed = (limiter.rate * duration) / 1000 <= total * 1.2;
    if (!isRateUsed) return;
    const isNearLimit = Math.abs(limiter.rate / limitSeen - 1) < 0.2;
    limiter.rate *= isNearLimit ? cautiousGrowth : growth;
  };

  return {
    window: () => window,
    allowance: (now) => limiter.allowance(now),
    recordQuery(now) {
      if (now - lastEventAt > idleTime) forgetRate();
      lastEventAt = now;
      limiter.take();
    },
    recordReply(now) {
      replies++;
      lastEventAt = now;
      if (window < nearbyWindow || mayGrow()) window += windowGrowth;
      endRoundIfOver(now);
    },
    recordLoss(now, resumeAt = now) {
      losses++;
      // A pause that the server asks for is not an idle time.
      lastEventAt = Math.max(lastEventAt, resumeAt);
      endRoundIfOver(now);
    },
    recordLateReply() {
      if (losses > 0) losses--;
      if (reduction === undefined) return;
      reduction.lateReplies++;
      if (reduction.lateReplies <= reduction.losses / 2) return;
      // The server has not dropped the queries: it was busy for a moment, and can keep up with the earlier rate.
      limiter.rate = reduction.rateBefore;
      reduction = undefined;
    },
  };
}
