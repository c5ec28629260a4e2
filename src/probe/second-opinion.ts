import type { Candidate } from '../names/candidate.js';
import type { ProbeResult } from './result.js';
import type { Finding } from './verdict.js';

type UnknownResult = Extract<ProbeResult, { readonly status: 'unknown' }>;

/**
 * Asks the authoritative servers of the name's suffix. Never rejects.
 *
 * @param capacityFreed is called when there may be room for another name before this one has its result.
 */
export type AskAuthority = (candidate: Candidate, capacityFreed?: () => void) => Promise<ProbeResult>;

/**
 * Whether the authoritative servers of the suffix may know more about a name than the resolvers do.
 *
 * @param finding what the resolvers say.
 */
export const mayKnowMore = ({ verdict, failure }: Finding): boolean =>
  verdict.status === 'unknown' && failure !== undefined;

/**
 * Joins the result of the resolvers, which have no answer, with what the authoritative servers of the suffix say.
 *
 * @returns what these say, followed by why the resolvers fail; the result of the resolvers if these have no answer either.
 */
export function joinOpinions(result: UnknownResult, other: ProbeResult): ProbeResult {
  const evidence = [...result.evidence, ...other.evidence];
  const tries = result.tries + other.tries;
  const ms = Math.round((result.ms + other.ms) * 10) / 10;
  if (other.status === 'unknown') return { ...result, tries, ms, evidence };
  const failure = `the resolver fails: ${result.reason}`;
  const reason = other.reason ? `${other.reason}; ${failure}` : failure;
  return { ...other, reason, tries, ms, evidence };
}
