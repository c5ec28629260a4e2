import type { Random } from '../../util/random.js';
import { backOff } from './back-off.js';

/** Whether one upstream works. All times are in milliseconds, on the clock of the platform. */
export interface Health {
  /**
   * Consecutive failures: queries without a useful reply since the last useful one, which is one that says something
   * about a name.
   */
  failures: number;
  /** When the first and the last of these failures were noticed. */
  failingSince: number;
  failedAt: number;
  /** Whether it has ever said something about a name. */
  hasAnswered: boolean;
  /** When the last reply of any kind came. */
  repliedAt: number;
  /** Whether it is asked nothing but heartbeats: questions that every server can answer. */
  isSilent: boolean;
  /** Heartbeats since it fell silent; none of them had a reply. */
  heartbeats: number;
  /** When it may be asked again. */
  resumeAt: number;
}

/** An upstream falls silent after this many consecutive failures, if it has not replied for this many milliseconds. */
const tolerableFailures = 3;
const tolerableSilence = 100;
/** Milliseconds of failures after which an upstream that has answered in this run is given up. */
const outageLimit = 30_000;
/**
 * An upstream that has never answered is given up after this many milliseconds of silence, and not before this many
 * milliseconds more than a time-out.
 */
const leastSilence = 3000;
const silenceAfterTimeout = 1000;
/** Failures further apart than this, in milliseconds, do not belong to the same outage. */
const outageGap = 10_000;
/** The longest pause, in milliseconds, that a server may ask for. */
export const longestHold = 10_000;
/** The first and the longest pause, in milliseconds, before one of many upstreams that fail is tried again. */
const firstTrial = 250;
const longestTrial = 30_000;

/** Creates the health of an upstream that has not been asked yet. */
export const createHealth = (): Health => ({
  failures: 0,
  failingSince: 0,
  failedAt: Number.NEGATIVE_INFINITY,
  hasAnswered: false,
  repliedAt: Number.NEGATIVE_INFINITY,
  isSilent: false,
  heartbeats: 0,
  resumeAt: Number.NEGATIVE_INFINITY,
});

/** Records a reply that says something about the name. */
export function recordAnswer(health: Health, now: number): void {
  health.failures = 0;
  health.hasAnswered = true;
  recordAnyReply(health, now);
}

/** Records a reply of any kind: the upstream is not silent. */
export function recordAnyReply(health: Health, now: number): void {
  health.repliedAt = now;
  if (health.isSilent) health.resumeAt = now;
  health.isSilent = false;
  health.heartbeats = 0;
}

/** Records a query without a useful reply. After some of them, an upstream that does not reply is silent. */
export function recordFailure(health: Health, now: number): void {
  if (health.failures === 0 || (!health.isSilent && now - health.failedAt > outageGap)) {
    health.failures = 0;
    health.failingSince = now;
  }
  health.failures++;
  health.failedAt = now;
  if (health.isSilent || !keepsFailing(health)) return;
  if (now - health.repliedAt < tolerableSilence) return;
  health.isSilent = true;
  health.resumeAt = now;
}

/**
 * Records that a heartbeat is sent. The next one is due only after its outcome. If it was due long ago, the upstream
 * was not needed in the meantime, and earlier failures no longer count.
 */
export function recordHeartbeat(health: Health, now: number): void {
  if (isForgotten(health, now)) {
    health.heartbeats = 0;
    health.failingSince = now;
  }
  health.resumeAt = Number.POSITIVE_INFINITY;
}

/** Whether a silent upstream has not been needed for a while. */
const isForgotten = ({ resumeAt }: Health, now: number): boolean => now - resumeAt > outageGap;

/** Records that a heartbeat had no reply: if the upstream is still silent, the next one follows after a pause. */
export function recordMissedHeartbeat(health: Health, now: number, random: Pick<Random, 'fraction'>): void {
  if (!health.isSilent) return;
  health.resumeAt = now + backOff(health.heartbeats++, random);
}

/** Records for how many milliseconds the server asked not to be sent queries. */
export function hold(health: Health, milliseconds: number, now: number): void {
  health.resumeAt = Math.max(health.resumeAt, now + Math.min(milliseconds, longestHold));
}

/** Whether an upstream may be asked for names. */
export const mayAsk = ({ isSilent, resumeAt }: Health, now: number): boolean => !isSilent && now >= resumeAt;

/** Whether a heartbeat is due. */
export const isHeartbeatDue = ({ isSilent, resumeAt }: Health, now: number): boolean =>
  isSilent && now >= resumeAt;

/**
 * Computes for how long an upstream that has never answered may fail before it is given up: some seconds, unless one
 * attempt may take longer, or all attempts of a question less.
 *
 * @param timeout milliseconds that one attempt may take.
 * @param tries attempts for one question.
 * @returns milliseconds.
 */
export const silenceLimitFor = (timeout: number, tries: number): number =>
  Math.min(Math.max(leastSilence, timeout + silenceAfterTimeout), tries * timeout);

/**
 * Whether an upstream has been silent for so long that questions to it fail at once.
 *
 * @param limit milliseconds, for an upstream that has never answered.
 * @param isReplaceable whether another upstream can be asked instead. Then the limit also holds for one that has
 *   answered.
 */
export const isDead = (health: Health, limit: number, now: number, isReplaceable = false): boolean =>
  health.isSilent &&
  health.heartbeats > 0 &&
  !isForgotten(health, now) &&
  untilGivenUp(health, limit, now, isReplaceable) <= 0;

/**
 * Computes how long an upstream may go on failing before it is given up.
 *
 * @returns milliseconds; not above 0 if that time is over. See `isDead` for the parameters.
 */
export const untilGivenUp = (
  { failingSince, hasAnswered }: Health,
  limit: number,
  now: number,
  isReplaceable = false,
): number => failingSince + (hasAnswered && !isReplaceable ? outageLimit : limit) - now;

/** Whether an upstream has failed several times in a row. */
export const keepsFailing = ({ failures }: Health): boolean => failures >= tolerableFailures;

/** Whether one of many upstreams is worth asking: it does not keep failing, or has not been tried for a while. */
export const isWorthTrying = (health: Health, now: number): boolean =>
  !keepsFailing(health) ||
  now - health.failedAt >= Math.min(firstTrial * 2 ** (health.failures - tolerableFailures), longestTrial);
