import type { ServerPolicy } from '../dns/resolver/resolver.js';
import { asBlocked, isShared } from './blocking.js';
import type { AskAgain, Reviewed } from './trust/deciding.js';
import type { Suffix } from './trust/suffix.js';
import { doubt, type Finding } from './verdict.js';

/** The state of a name that is asked for again. */
export interface EarlierRounds {
  /** The servers that it is asked of next. */
  readonly policy: ServerPolicy | undefined;
  /** A denial, or an alias, that another server is asked to confirm. */
  readonly claim?: Finding | undefined;
  /** Findings that are not believed, each from another server. */
  readonly suspects: readonly Finding[];
}

/** Whether a review ends with a finding that is believed as it is. */
export const isConclusive = (reviewed: Reviewed): reviewed is Finding =>
  'verdict' in reviewed && reviewed.suspicion === undefined;

/**
 * Decides after a review whether a name is asked for again. It is if the finding is suspicious and another server is left. A claim
 * stands unless another server contradicts it. A name that exists by an alias at one server and not at another one is unknown.
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
  const dispute = earlier.claim && disputeAbout(earlier.claim, reviewed);
  if (dispute) return dispute;
  return reviewed.verdict.status === 'unknown' ? (bestOf(earlier) ?? reviewed) : reviewed;
}

/** Asks for a name again; at another server than the one to avoid, if one is left. */
function nextRound(
  { avoid, claim }: AskAgain,
  suffix: Suffix | undefined,
  { policy, suspects, claim: earlierClaim }: EarlierRounds,
): Finding | EarlierRounds {
  const known = { policy, claim: claim ?? earlierClaim, suspects };
  const isOwnPolicy = policy !== suffix?.policy;
  if (suffix === undefined || (avoid === undefined && !isOwnPolicy)) return known;
  const next = avoiding(suffix, policy, avoid);
  // The name has been asked for everywhere.
  if (next === undefined && isOwnPolicy && suspects[0]) return known.claim ?? asBlocked(suspects[0]);
  return { ...known, policy: next ?? suffix.policy };
}

/** Asks for a name elsewhere, since a finding is suspicious. */
function askElsewhere(
  suspect: Finding,
  suffix: Suffix | undefined,
  { policy, claim, suspects }: EarlierRounds,
): Finding | EarlierRounds {
  if (isShared(suspect, suspects)) return { ...suspect, suspicion: undefined };
  const known = { policy, claim, suspects: [...suspects, suspect] };
  const [server = ''] = suspect.sources;
  const next = suffix && avoiding(suffix, policy, server);
  return next ? { ...known, policy: next } : (bestOf(known) ?? suspect);
}

/** Returns the best of the findings so far: a claim, or that the name is blocked. */
const bestOf = ({ claim, suspects: [first] }: EarlierRounds): Finding | undefined =>
  claim ?? (first && asBlocked(first));

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

/** Makes a name unknown that has a doubtful alias at one server and does not exist at another one; undefined if that is not so. */
function disputeAbout(one: Finding, other: Finding): Finding | undefined {
  const [alias, denial] = other.verdict.status === 'absent' ? [one, other] : [other, one];
  if (!alias.isDoubtful || denial.verdict.status !== 'absent') return undefined;
  return doubt(alias, `${alias.server} has an alias for it, and ${denial.server} denies it`);
}
