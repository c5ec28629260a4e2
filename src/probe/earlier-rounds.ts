import type { ServerPolicy } from '../dns/resolver/resolver.js';
import { asBlocked, isShared } from './blocking.js';
import type { AskAgain, Reviewed } from './trust/deciding.js';
import type { Suffix } from './trust/suffix.js';
import type { Finding } from './verdict.js';

/** The state of a name that is asked for again. */
export interface EarlierRounds {
  /** The servers that it is asked of next. */
  readonly policy: ServerPolicy | undefined;
  /** A denial that another server is asked to confirm. */
  readonly denial?: Finding | undefined;
  /** Findings that are not believed, each from another server. */
  readonly suspects: readonly Finding[];
}

/** Whether a review ends with a finding that is believed as it is. */
export const isConclusive = (reviewed: Reviewed): reviewed is Finding =>
  'verdict' in reviewed && reviewed.suspicion === undefined;

/**
 * Decides after a review whether a name is asked for again. It is if the finding is suspicious and another server is left. A denial
 * stands unless another server contradicts it.
 *
 * @param suffix what is known of the suffix of the name; undefined if every reply is believed.
 * @param earlier the state of the name after earlier rounds, if there were any.
 * @returns the finding that counts, or the state of the name if it is asked for again.
 */
export function afterReview(
  reviewed: Reviewed,
  suffix: Suffix | undefined,
  earlier: EarlierRounds = { policy: suffix?.policy, suspects: [] },
): Finding | EarlierRounds {
  if (!('verdict' in reviewed)) return nextRound(reviewed, suffix, earlier);
  if (reviewed.suspicion !== undefined) return askElsewhere(reviewed, suffix, earlier);
  return reviewed.verdict.status === 'unknown' ? (bestOf(earlier) ?? reviewed) : reviewed;
}

/** Asks for a name again; at another server than the one to avoid, if one is left. */
function nextRound(
  { avoid, denial }: AskAgain,
  suffix: Suffix | undefined,
  { policy, suspects, denial: earlierDenial }: EarlierRounds,
): Finding | EarlierRounds {
  const known = { policy, denial: denial ?? earlierDenial, suspects };
  const isOwnPolicy = policy !== suffix?.policy;
  if (suffix === undefined || (avoid === undefined && !isOwnPolicy)) return known;
  const next = avoiding(suffix, policy, avoid);
  // The name has been asked for everywhere.
  if (next === undefined && isOwnPolicy && suspects[0]) return known.denial ?? asBlocked(suspects[0]);
  return { ...known, policy: next ?? suffix.policy };
}

/** Asks for a name elsewhere, since a finding is suspicious. */
function askElsewhere(
  suspect: Finding,
  suffix: Suffix | undefined,
  { policy, denial, suspects }: EarlierRounds,
): Finding | EarlierRounds {
  if (isShared(suspect, suspects)) return { ...suspect, suspicion: undefined };
  const known = { policy, denial, suspects: [...suspects, suspect] };
  const [server = ''] = suspect.sources;
  const next = suffix && avoiding(suffix, policy, server);
  return next ? { ...known, policy: next } : (bestOf(known) ?? suspect);
}

/** Returns the best of the findings so far: a denial, or that the name is blocked. */
const bestOf = ({ denial, suspects: [first] }: EarlierRounds): Finding | undefined =>
  denial ?? (first && asBlocked(first));

/**
 * Returns a policy that avoids a server as well, and all servers that the suffix or the present policy avoids.
 *
 * @returns undefined if no server would be left.
 */
function avoiding(
  { policy, serverCount, avoid: worse }: Suffix,
  current: ServerPolicy | undefined,
  server?: string,
): ServerPolicy | undefined {
  const avoid = new Set([...worse, ...(current?.avoid ?? [])]);
  if (server !== undefined) avoid.add(server);
  return avoid.size < serverCount ? { ...policy, avoid } : undefined;
}
