import type { ServerPolicy } from '../dns/resolver/resolver.js';
import { asBlocked, isShared } from './blocking.js';
import type { Reviewed } from './trust/deciding.js';
import type { Suffix } from './trust/suffix.js';
import { doubt, type Finding } from './verdict.js';

/** What has been learned of a name in earlier rounds. */
export interface Course {
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
 * Decides how a name goes on after a review. A suspicious finding has it asked for elsewhere; a claim stands if no other server
 * contradicts it. A name that exists by an alias at one server and not at another one is unknown.
 *
 * @returns the finding that counts, or what has been learned if the name is asked for again.
 */
export function goOn(
  reviewed: Reviewed,
  suffix: Suffix | undefined,
  course: Course | undefined,
): Finding | Course {
  const { claim, suspects = [] } = course ?? {};
  const policy = course ? course.policy : suffix?.policy;
  if (!('verdict' in reviewed)) {
    const { avoid } = reviewed;
    const isOwn = course !== undefined && policy !== suffix?.policy;
    const next = suffix && (avoid !== undefined || isOwn) ? avoiding(suffix, policy, avoid) : policy;
    const confirmed = reviewed.claim ?? claim;
    if (next === undefined && isOwn && suspects[0]) return confirmed ?? asBlocked(suspects[0]);
    return { policy: next ?? suffix?.policy, claim: confirmed, suspects };
  }
  if (reviewed.suspicion === undefined) {
    const dispute = claim && disputeAbout(claim, reviewed);
    if (dispute) return dispute;
    if (reviewed.verdict.status !== 'unknown') return reviewed;
    return claim ?? (suspects[0] ? asBlocked(suspects[0]) : reviewed);
  }
  if (isShared(reviewed, suspects)) return { ...reviewed, suspicion: undefined };
  const [server = ''] = reviewed.sources;
  const next = suffix && avoiding(suffix, policy, server);
  if (next) return { policy: next, claim, suspects: [...suspects, reviewed] };
  return claim ?? asBlocked(suspects[0] ?? reviewed);
}

/**
 * Returns the policy that avoids one more server, if any, and those that are set aside or not as good as others; undefined if none
 * would be left.
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
