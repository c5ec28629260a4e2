import type { ServerPolicy } from '../dns/resolver/resolver.js';
import { asBlocked, isShared } from './blocking.js';
import type { Reviewed } from './trust/deciding.js';
import type { Suffix } from './trust/suffix.js';
import type { Finding } from './verdict.js';

/** What has been learned of a name in earlier rounds. */
export interface Course {
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
 * Decides how a name goes on after a review. A suspicious finding has it asked for elsewhere; a denial stands if no other server
 * contradicts it.
 *
 * @returns the finding that counts, or what has been learned if the name is asked for again.
 */
export function goOn(
  reviewed: Reviewed,
  suffix: Suffix | undefined,
  course: Course | undefined,
): Finding | Course {
  const { denial, suspects = [] } = course ?? {};
  const policy = course ? course.policy : suffix?.policy;
  if (!('verdict' in reviewed)) {
    const { avoid } = reviewed;
    const isOwn = course !== undefined && policy !== suffix?.policy;
    const next = suffix && (avoid !== undefined || isOwn) ? avoiding(suffix, policy, avoid) : policy;
    const confirmed = reviewed.denial ?? denial;
    if (next === undefined && isOwn && suspects[0]) return confirmed ?? asBlocked(suspects[0]);
    return { policy: next ?? suffix?.policy, denial: confirmed, suspects };
  }
  if (reviewed.suspicion === undefined) {
    if (reviewed.verdict.status !== 'unknown') return reviewed;
    return denial ?? (suspects[0] ? asBlocked(suspects[0]) : reviewed);
  }
  if (isShared(reviewed, suspects)) return { ...reviewed, suspicion: undefined };
  const [server = ''] = reviewed.sources;
  const next = suffix && avoiding(suffix, policy, server);
  if (next) return { policy: next, denial, suspects: [...suspects, reviewed] };
  return denial ?? asBlocked(suspects[0] ?? reviewed);
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
