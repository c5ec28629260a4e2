import type { Finding } from '../verdict.js';
import { type Canary, covers, createCanary, hasChanged, isFromBeforeChange, isUnseen } from './canary.js';
import type { CanaryOutcome } from './canary-query.js';
import type { RandomName } from './siblings.js';

/** What is known of one server, whatever the suffix. */
export interface KnownServer {
  readonly url: string;
  /** The suffix that it last answered as expected for. */
  lastRight: Standing | undefined;
  /** Whether it is asked about a new suffix only if no other server knows that suffix. */
  isSetAside: boolean;
  /** Why it is set aside, in words. */
  lie: string | undefined;
  /** Whether its first canary took so long that nobody waits for it. */
  isSlow: boolean;
}

/** What one server shows of itself under one suffix. */
export interface Standing {
  readonly server: KnownServer;
  readonly suffixName: string;
  /** The suffix itself, which must exist. */
  readonly suffix: Canary;
  /** A random name under it, which must not exist. */
  readonly random: Canary;
  /** A random name that was answered for, if the server answers for any name. */
  madeUp: RandomName | undefined;
  /** The last outcomes of both canaries, in words. */
  evidence: readonly string[];
  /** What the server says about the root; undefined as long as it has not been asked. */
  root: CanaryOutcome | undefined;
  /** The last order that the canaries must cover for the findings that wait. */
  neededOrder: number;
  /** Whether canaries are sent at the end of this turn of the event loop, and whether they are sent when they are due. */
  isUrgent: boolean;
  isWanted: boolean;
}

/** Creates the standing of a server that has not been tested. */
export const createStanding = (server: KnownServer, suffixName: string): Standing => ({
  server,
  suffixName,
  suffix: createCanary(true),
  random: createCanary(false),
  madeUp: undefined,
  evidence: [],
  root: undefined,
  neededOrder: 0,
  isUrgent: false,
  isWanted: false,
});

/**
 * The present standing in a word. A `wildcard` server has the suffix and answers for any name under it; one that has
 * `changed` did not always deny the suffix or answer for any name; `unsure` means that canaries have no answer.
 */
export type Grade = 'good' | 'wildcard' | 'denied' | 'changed' | 'unsure';

export function gradeOf({ suffix, random }: Standing): Grade {
  if (hasChanged(suffix) || hasChanged(random)) return 'changed';
  if (suffix.exists === false) return 'denied';
  if (random.exists === true) return 'wildcard';
  return suffix.exists === true && random.exists === false ? 'good' : 'unsure';
}

/** Whether the server is known to know the root. */
export const knowsRoot = ({ root }: Standing): boolean =>
  root !== undefined && 'exists' in root && root.exists;

/** Whether nobody waits for a server's canaries any more. */
export const isHopeless = ({ suffix, random }: Standing): boolean => suffix.isHopeless || random.isHopeless;

/** Findings that wait for the canaries of a server. */
export const waitingFor = ({ suffix, random }: Standing): number => suffix.waiting + random.waiting;

/** What becomes of a finding, as far as one server's canaries tell. */
export type Judgement =
  | 'believed'
  /** The next outcome of this canary must be waited for. */
  | 'await suffix'
  | 'await random'
  /** The server answers for any name under the suffix, so the name servers of each name decide. */
  | 'wildcard'
  | 'denied'
  /** The server has changed its mind since the queries were sent, or before. */
  | 'changed'
  /** Canaries go on failing. */
  | 'suffix failed'
  | 'random failed';

/** Whether a canary is in flight that the server has answered until now. */
const willTell = ({ exists, failure, inFlight }: Canary): boolean =>
  exists !== undefined && failure === undefined && inFlight.length > 0;

/**
 * Judges a finding that rests on a server's reply.
 *
 * @param isReviewed whether the name servers have decided about it already.
 * @param heedsGaps whether a finding from a time without canaries counts as changed.
 */
export function judge(
  { suffix, random }: Standing,
  finding: Finding,
  isReviewed: boolean,
  heedsGaps: boolean,
): Judgement {
  if (isFromBeforeChange(suffix, finding) || isFromBeforeChange(random, finding)) return 'changed';
  if (heedsGaps && (isUnseen(suffix, finding) || isUnseen(random, finding))) return 'changed';
  if (suffix.exists === false) {
    if (!suffix.wasRight) return 'denied';
    return covers(suffix, finding) || suffix.isHopeless ? 'changed' : 'await suffix';
  }
  if (hasChanged(random)) return covers(random, finding) || random.isHopeless ? 'changed' : 'await random';
  const isAbsent = finding.verdict.status === 'absent';
  if (isAbsent || suffix.failure === undefined) {
    if (!covers(suffix, finding)) {
      if (suffix.failure !== undefined && suffix.isHopeless) return 'suffix failed';
      return isAbsent && willTell(random) && !covers(random, finding) ? 'await random' : 'await suffix';
    }
    // A server that answers for everything answers for the suffix, too: the random name shows it.
    const isUnsure = random.wasRight && random.failure === undefined && random.until < suffix.until;
    if (isAbsent && !isReviewed) return isUnsure ? 'await random' : 'believed';
  }
  if (!covers(random, finding)) {
    return random.failure !== undefined && random.isHopeless ? 'random failed' : 'await random';
  }
  if (random.exists) return 'wildcard';
  // A server that denies everything denies the random name, too: the suffix must have existed for it then.
  return suffix.failure === undefined && suffix.until < random.until ? 'await suffix' : 'believed';
}

/**
 * Whether findings wait that no query of a canary in flight covers, as far as is known. A query covers what was asked
 * before it, unless that was sent again.
 */
export const isOutdated = ({ neededOrder }: Standing, { waiting, order, inFlight }: Canary): boolean =>
  waiting > 0 && (order <= neededOrder || inFlight.length === 0);
