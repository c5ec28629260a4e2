import type { Candidate } from '../names/candidate.js';
import { specialUseOf } from '../names/special-use.js';
import type { ProbeResult } from './result.js';
import { blockedBy } from './suspicion.js';
import type { Standing } from './trust/standing.js';
import type { Suffix } from './trust/suffix.js';
import type { Finding } from './verdict.js';

type UnknownResult = Extract<ProbeResult, { readonly status: 'unknown' }>;

/**
 * Asks the authoritative servers of the name's suffix. Never rejects.
 *
 * @param capacityFreed is called when there may be room for another name before this one has its result.
 */
export type AskAuthority = (candidate: Candidate, capacityFreed?: () => void) => Promise<ProbeResult>;

/**
 * Whether the authoritative servers of the suffix may know more about a name than the resolvers do. After silence, they may only if
 * a resolver has answered for the suffix since; otherwise, the network is probably down. Reserved names are not shown to the servers
 * of the root.
 *
 * @param name the name that is asked for.
 * @param finding what the resolvers say.
 * @param suffix what is known of the resolvers under the suffix; undefined if they are not tested.
 */
export function mayKnowMore(
  name: string,
  { verdict, failure, first }: Finding,
  suffix: Pick<Suffix, 'standings'> | undefined,
): boolean {
  if (verdict.status !== 'unknown' || failure === undefined || specialUseOf(name)) return false;
  if (failure !== 'silent') return true;
  return suffix !== undefined && [...suffix.standings.values()].some((each) => hasAnsweredSince(each, first));
}

/** Whether the last witness of a server came after a place, and shows that the server knows the suffix and answers for random names. */
const hasAnsweredSince = ({ epoch: { last } }: Standing, place: number): boolean =>
  last !== undefined && last.received > place && last.suffix === 'exists' && last.random !== 'unanswered';

/**
 * Joins the result of the resolvers, which have no answer, with what the authoritative servers of the suffix say.
 *
 * @param addresses the addresses that a resolver gave, and that were not believed.
 * @returns the answer of the authoritative servers, with the failure of the resolvers added to its reason; the result of the
 * resolvers if there is no such answer.
 */
export function joinOpinions(
  result: UnknownResult,
  other: ProbeResult,
  addresses: readonly string[] = [],
): ProbeResult {
  const evidence = [...result.evidence, ...other.evidence];
  const tries = result.tries + other.tries;
  const ms = Math.round((result.ms + other.ms) * 10) / 10;
  if (other.status === 'unknown') return { ...result, tries, ms, evidence };
  // The name is not blocked if it has the address that looked like it.
  if (addresses.some((address) => other.addresses.includes(address)))
    return { ...other, tries, ms, evidence };
  const why = result.reason.startsWith(blockedBy) ? result.reason : `the resolver fails: ${result.reason}`;
  const reason = other.reason ? `${other.reason}; ${why}` : why;
  return { ...other, reason, tries, ms, evidence };
}
