/** Whether one upstream works, and when it may be asked again if it does not. */
export interface Health {
  /** Records a reply to a query; `isAnswer` if it says something about the name. */
  recordReply(isAnswer: boolean, now: number): void;
  /**
   * Records that a query failed or counts as lost.
   *
   * @param sentAt when the query was sent.
   * @param now the present time; both in milliseconds, on the clock of `performance.now`.
   */
  recordFailure(sentAt: number, now: number): void;
  /**
   * Records that the server refuses a query because it is overloaded.
   *
   * @param resumeAt when the server wants to be asked again. If it refuses only some queries, it is asked less instead
   * (see `CongestionControl`), so this counts for the first refusal in a while, and for many in a row.
   * @returns when the upstream may be asked again.
   */
  recordOverload(resumeAt: number, now: number): number;
  /** Whether a query may be sent: any number while the upstream works, one trial query after each pause otherwise. */
  mayAsk(now: number): boolean;
  /** Records that a query is sent. */
  recordQuery(now: number): void;
  /** Whether the upstream has given no answer for so long that questions to it fail at once. */
  isDead(now: number): boolean;
}

/** An upstream pauses after this many failures in a row, and this many milliseconds without a reply. */
const tolerableFailures = 3;
const tolerableSilence = 100;
/** The first and the longest pause, in milliseconds. Each pause is twice as long as the one before. */
const firstPause = 50;
const longestPause = 1000;
/** Refusals in a row after which a server refuses all queries, and milliseconds after which a refusal is a first one. */
const totalOverload = 32;
const overloadMemory = 10_000;
/** Failures in a row, without an answer in between, before an upstream may count as dead. */
const minimumFailures = 8;
/** Milliseconds of failures after which an upstream that has answered in this run counts as dead. */
const outageLimit = 30_000;
/** Failures further apart than this, in milliseconds, do not belong to the same outage. */
const outageGap = 10_000;

/**
 * Computes a pause with jitter, so that many clients do not come back at the same moment.
 *
 * @param earlierPauses how many pauses came before this one.
 * @returns milliseconds.
 */
export const pauseAfter = (earlierPauses: number): number =>
  Math.min(firstPause * 2 ** earlierPauses, longestPause) * (0.5 + Math.random());

/**
 * Creates the health of an upstream that has not been asked yet.
 *
 * @param silenceLimit milliseconds of failures after which an upstream that has never answered counts as dead.
 */
export function createHealth(silenceLimit: number): Health {
  let hasAnswered = false;
  let lastReplyAt = Number.NEGATIVE_INFINITY;
  /** Failures since the last reply. */
  let consecutiveFailures = 0;
  /** Failures since the last answer, among them replies such as SERVFAIL. */
  let failuresSinceAnswer = 0;
  let failingSince = 0;
  let lastFailureAt = Number.NEGATIVE_INFINITY;
  let pauses = 0;
  let pausedAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let overloads = 0;
  let overloadedAt = Number.NEGATIVE_INFINITY;
  let suspendedUntil = Number.NEGATIVE_INFINITY;

  const countFailure = (now: number) => {
    if (failuresSinceAnswer === 0 || now - lastFailureAt > outageGap) {
      failuresSinceAnswer = 0;
      failingSince = now;
    }
    failuresSinceAnswer++;
    lastFailureAt = now;
  };

  return {
    recordReply(isAnswer, now) {
      lastReplyAt = now;
      consecutiveFailures = 0;
      if (pauses > 0) {
        pauses = 0;
        pausedUntil = Number.NEGATIVE_INFINITY;
      }
      if (isAnswer) {
        hasAnswered = true;
        overloads = 0;
        failuresSinceAnswer = 0;
      } else {
        countFailure(now);
      }
    },
    recordFailure(sentAt, now) {
      countFailure(now);
      consecutiveFailures++;
      if (consecutiveFailures < tolerableFailures || now - lastReplyAt < tolerableSilence) return;
      // A query that was sent before the pause began says nothing new.
      if (sentAt <= pausedAt) return;
      pausedAt = now;
      pausedUntil = now + pauseAfter(pauses++);
    },
    recordOverload(resumeAt, now) {
      countFailure(now);
      overloads++;
      if (overloads >= totalOverload || now - overloadedAt > overloadMemory)
        suspendedUntil = Math.max(suspendedUntil, resumeAt);
      overloadedAt = now;
      return Math.max(suspendedUntil, now);
    },
    mayAsk: (now) => now >= pausedUntil && now >= suspendedUntil,
    recordQuery(now) {
      // If this trial query is lost, another one follows.
      if (pauses > 0) pausedUntil = now + longestPause;
    },
    isDead: (now) =>
      failuresSinceAnswer >= minimumFailures &&
      now - failingSince > (hasAnswered ? outageLimit : silenceLimit),
  };
}
