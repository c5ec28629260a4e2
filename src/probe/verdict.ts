import type { Reply } from '../dns/wire/reply.js';
import type { ProbeResult } from './result.js';

/** A status with its reason. */
export type Verdict =
  | { readonly status: 'live' | 'taken' | 'absent'; readonly reason?: string | undefined }
  | Pick<Extract<ProbeResult, { status: 'unknown' }>, 'status' | 'reason'>;

/** A verdict and the evidence for it. */
export interface Finding {
  readonly verdict: Verdict;
  readonly addresses: readonly string[];
  readonly rcode: string | undefined;
  /** The server that was asked last. */
  readonly server: string;
  /** The servers whose replies the verdict rests on. */
  readonly sources: readonly string[];
  /** The type of the last question. */
  readonly type: 'A' | 'AAAA';
  /** The zone whose SOA record a denial contains; empty for the root. */
  readonly zone: string | undefined;
  /** Whether the server offers recursion; undefined if the name has an address or an alias. */
  readonly offersRecursion?: boolean | undefined;
  /** The name at the end of its aliases, if it has one. */
  readonly alias?: string | undefined;
  /** Whether the alias is doubtful: names below the suffix are delegated, and so have none. */
  readonly isDoubtful?: boolean | undefined;
  /** Whether the server has answered on its own authority (AA). */
  readonly isAuthoritative?: boolean | undefined;
  /** Why the verdict is not believed from this server alone, in words. */
  readonly suspicion?: string | undefined;
  /** The places of its first and last query, and of its last reply, in the run's order of events. */
  readonly first: number;
  readonly last: number;
  readonly received: number;
  /** The questions and their outcomes, in words. */
  readonly evidence: readonly string[];
  /** Queries sent. */
  readonly tries: number;
  /**
   * How the resolvers fail, if the name is unknown and its authoritative servers may know more: with SERVFAIL, without a reply,
   * or because one of them blocks the name.
   */
  readonly failure?: 'failing' | 'silent' | 'blocked' | undefined;
}

/**
 * Returns the verdict that one reply proves; undefined if the name exists without a record of the type asked for.
 *
 * @param name the name that was asked for.
 */
export function verdictOf(
  { rcode, addresses, alias, referral, serverNames = [] }: Reply,
  name: string,
): Verdict | undefined {
  const isDenied = rcode === 'NXDOMAIN';
  if (addresses.length > 0) return live;
  // The response code is about the end of the alias chain; the name that has an alias exists (RFC 6604 section 3).
  if (isDenied && alias !== undefined) return taken(`alias of ${alias}, which does not exist`);
  if (isDenied) return absent;
  if (referral === undefined) return undefined;
  // The servers of a parent zone know of the delegated zone only that it exists.
  if (referral !== name) return unknown(`lies below the delegation ${referral}; ask its name servers`);
  return taken(serverNames.length > 0 ? `delegated to ${shortList(serverNames)}` : 'delegated');
}

/** The most names that are listed. */
const maximumListed = 2;

const shortList = (names: readonly string[]): string =>
  names.length > maximumListed ? `${names.slice(0, maximumListed).join(', ')}, …` : names.join(', ');

/** Returns the verdict on a name that exists without an address of either kind. */
export const withoutAddress = ({ alias }: Reply): Verdict =>
  taken(alias === undefined ? undefined : `alias of ${alias}, no address given`);

const live: Verdict = { status: 'live' };
export const absent: Verdict = { status: 'absent' };
export const taken = (reason?: string): Verdict => ({ status: 'taken', reason });
export const unknown = (reason: string): Verdict => ({ status: 'unknown', reason });

/** Describes a reply in a few words, for `evidence`. */
export function describeReply(type: string, { rcode, addresses, alias, referral }: Reply): string {
  if (addresses.length > 0) return `${type}: ${rcode ?? 'getaddrinfo'}, address`;
  if (alias !== undefined) return `${type}: ${rcode}, alias`;
  if (rcode === 'NXDOMAIN') return `${type}: NXDOMAIN`;
  return `${type}: ${rcode}, ${referral === undefined ? 'no record' : 'referral'}`;
}

/** Adds evidence to a finding. */
export const withEvidence = (finding: Finding, evidence: readonly string[]): Finding => ({
  ...finding,
  evidence: [...finding.evidence, ...evidence],
});

/** Turns a finding that cannot be believed into `unknown`, with the reason. */
export const doubt = (finding: Finding, reason: string): Finding => ({
  ...finding,
  verdict: unknown(reason),
  addresses: [],
});
