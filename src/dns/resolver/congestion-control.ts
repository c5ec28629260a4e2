import { openLimiter } from './rate-limiter.js';
import type { RoundTrip } from './round-trip-time.js';

/**
 * How much may be asked of one server: as TCP does with a path, the number of queries in flight grows while
 * replies come. Where far more is lost than a bad line would lose, the server drops what is too much for it:
 * from then on queries go out at the rate at which replies came, and that grows again little by little.
 */
export interface Pace {
  /** Queries that may be in flight. No getter, here and elsewhere: V8 makes a slow dictionary of an object with one. */
  window(): number;
  /** Queries that may be sent now. */
  allowance(now: number): number;
  sent(): void;
  answered(now: number): void;
  /** A query taken for lost. */
  lost(now: number): void;
  /** A reply to a query that was taken for lost. */
  late(): void;
}

/** Queries in flight at the start, and at the most. */
const firstWindow = 32;
const largestWindow = 8192;
/** As many are enough for a server that is near, and more are too much where round trips get longer with them. */
const usualWindow = 1024;
/** Queries in flight for each millisecond of a round trip, beyond which they would only wait. */
const windowPerMillisecond = 50;
/** Losses below this share are a bad line's, which asking less does not mend. */
const usualLoss = 0.06;
/** How much faster it goes after each round without more loss than usual: near the limit that was seen, and elsewhere. */
const carefulGrowth = 1.04;
const growth = 1.3;
/** Milliseconds of a round at the least. */
const shortestRound = 100;

/** A slowing down after a round that lost too much. */
interface Cut {
  /** The share of that round's queries that was lost, and how many they were. */
  readonly loss: number;
  readonly losses: number;
  readonly rateBefore: number;
  /** What has come late since. */
  late: number;
}

/** @param roundTrip what is known of the round trips. */
export function openPace(roundTrip: Pick<RoundTrip, 'timeout' | 'shortest' | 'congested'>): Pace {
  let window = firstWindow;
  /** Without a limit until the server is seen to drop what is too much. */
  const limiter = openLimiter(Number.POSITIVE_INFINITY);
  let roundStart = 0;
  let answers = 0;
  let losses = 0;
  /** The share that this line loses, whatever is asked. */
  let usual = usualLoss;
  /** The last one, as long as it is not known whether it has helped. */
  let cut: Cut | undefined;
  let seenLimit = 0;
  let settling = false;

  const mayGrow = () =>
    window < Math.min(windowPerMillisecond * roundTrip.shortest(), largestWindow) && !roundTrip.congested();

  const endRound = (now: number) => {
    const duration = now - roundStart;
    if (roundStart > 0 && duration < Math.max(roundTrip.timeout(), shortestRound)) return;
    const total = answers + losses;
    if (roundStart > 0 && !settling) judge(losses / total, total, duration);
    // What is lost in the round after a cut was sent before it.
    else settling = false;
    roundStart = now;
    answers = 0;
    losses = 0;
  };

  const judge = (loss: number, total: number, duration: number) => {
    // A line that is dead for a while says nothing of what the server bears.
    if (answers === 0) return;
    const heavy = losses >= 4 && losses > usual * total + 2 * Math.sqrt(usual * total);
    if (heavy && cut !== undefined && loss > cut.loss / 2) {
      // Asking less has not mended it: it is the line that loses so much.
      usual = loss;
      cut = undefined;
    } else if (heavy) {
      cut = { loss, losses, rateBefore: limiter.rate, late: 0 };
      limiter.rate = (answers / duration) * 1000;
      seenLimit = limiter.rate;
      settling = true;
    } else {
      cut = undefined;
      usual = Math.max(usual * 0.99, usualLoss);
      // Only a limit that was reached is worth raising.
      if ((limiter.rate * duration) / 1000 > total * 1.2) return;
      const near = Math.abs(limiter.rate / seenLimit - 1) < 0.2;
      limiter.rate *= near ? carefulGrowth : growth;
    }
  };

  return {
    window: () => window,
    allowance: (now) => limiter.allowance(now),
    sent: () => limiter.take(),
    answered(now) {
      answers++;
      if (window < usualWindow || mayGrow()) window++;
      endRound(now);
    },
    lost(now) {
      losses++;
      endRound(now);
    },
    late() {
      if (losses > 0) losses--;
      if (cut === undefined) return;
      cut.late++;
      if (cut.late <= cut.losses / 2) return;
      // What comes late was not dropped: the server was busy for a moment, and bears what it bore before.
      limiter.rate = cut.rateBefore;
      cut = undefined;
    },
  };
}
