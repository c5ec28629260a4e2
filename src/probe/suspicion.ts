import { isWithin } from '../dns/wire/name.js';
import type { Reply } from '../dns/wire/reply.js';
import type { Finding } from './verdict.js';

/** How a server has denied random names so far. */
export interface DenialHabits {
  /** Whether a denial came without an SOA record, and whether one had the name itself as its zone. */
  hasOmittedZone: boolean;
  hasNamedItself: boolean;
  /** Whether a denial had the RA bit set, and whether one had it clear. */
  hasOfferedRecursion: boolean;
  hasOfferedNone: boolean;
}

/** Creates the habits of a server that has not denied a random name. */
export const createHabits = (): DenialHabits => ({
  hasOmittedZone: false,
  hasNamedItself: false,
  hasOfferedRecursion: false,
  hasOfferedNone: false,
});

/** The denial of a random name. */
export interface Denial extends Pick<Reply, 'zone' | 'offersRecursion'> {
  readonly name: string;
}

/** Records the denial of a random name. */
export function recordDenial(habits: DenialHabits, { name, zone, offersRecursion }: Denial): void {
  habits.hasOmittedZone ||= zone === undefined;
  habits.hasNamedItself ||= zone === name;
  habits.hasOfferedRecursion ||= offersRecursion === true;
  habits.hasOfferedNone ||= offersRecursion === false;
}

/**
 * Says why a reply is not believed, whatever other replies of the server look like: the answer is about other names; it denies a
 * name and gives its address; the SOA record is not that of a zone above the name (RFC 2308 section 2); all addresses are null.
 *
 * @returns undefined if nothing speaks against it.
 */
export function suspicionOf(name: string, reply: Reply, server: string): string | undefined {
  const { rcode, addresses, zone, isAboutOthers } = reply;
  const isDenied = rcode === 'NXDOMAIN';
  if (isAboutOthers) return 'the reply is about other names';
  if (addresses.length > 0) {
    if (isDenied) return 'the reply denies a name and gives its address';
    // The hosts file of a user, which only getaddrinfo reads, may give such an address on purpose.
    return rcode !== undefined && hasNullAddress(reply)
      ? blocked(server, `its address is ${addresses[0]}`)
      : undefined;
  }
  return zone === undefined || isWithin(name, zone) ? undefined : blocked(server, comesFrom(zone));
}

const comesFrom = (zone: string): string => `the denial comes from the zone ${zone}`;

/** The beginning of the reason for a name that a server blocks. */
export const blockedBy = 'blocked by ';

/** Says that a server blocks a name, and how that shows. */
export const blocked = (server: string, sign: string): string => `${blockedBy}${server}: ${sign}`;

/**
 * Says how the denial of a name, or of its records, differs from the denials of random names by the same server: those may always have
 * an SOA record, always the RA bit set, or always the RA bit clear.
 *
 * @param name the name that was asked for.
 * @returns undefined if it does not differ, or if the finding is not a denial.
 */
export function departureFrom(name: string, habits: DenialHabits, finding: Finding): string | undefined {
  const { hasOmittedZone, hasNamedItself, hasOfferedRecursion, hasOfferedNone } = habits;
  const { zone, offersRecursion, server, verdict } = finding;
  if (offersRecursion === undefined || !(hasOfferedRecursion || hasOfferedNone)) return undefined;
  const isOwn = verdict.status === 'absent' && zone === name;
  if (isOwn && !hasNamedItself) return blocked(server, comesFrom(name));
  if (zone === undefined && !hasOmittedZone) return blocked(server, 'the denial has no SOA record');
  if (offersRecursion ? hasOfferedRecursion : hasOfferedNone) return undefined;
  return blocked(server, `the denial ${offersRecursion ? 'offers' : 'does not offer'} recursion`);
}

/** An address that no host has (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2). */
export const isUnspecified = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** An address that belongs to no host but the asking one (RFC 1122 section 3.2.1.3, RFC 4291 sections 2.5.2 and 2.5.3). */
const isNull = (address: string): boolean =>
  isUnspecified(address) || address === '::1' || address.startsWith('127.');

/** Whether all addresses of a name are null, so that they are not believed from one server alone. */
export const hasNullAddress = ({ addresses }: Pick<Finding, 'addresses'>): boolean =>
  addresses.length > 0 && addresses.every(isNull);
