import { isWithin } from '../dns/wire/name.js';
import type { Reply } from '../dns/wire/reply.js';
import type { Finding } from './verdict.js';

/** How a server has replied so far: how it has denied random names, and whether it has given addresses that it does not own. */
export interface ReplyHabits {
  /** Whether a denial came without an SOA record, and whether one had the name itself as its zone. */
  hasOmittedZone: boolean;
  hasNamedItself: boolean;
  /** Whether a denial had the RA bit set, and whether one had it clear. */
  hasOfferedRecursion: boolean;
  hasOfferedNone: boolean;
  /** Whether a denial had the AA bit set, and whether an address came with it clear. */
  hasDeniedAsOwner: boolean;
  hasAnsweredPlainly: boolean;
}

/** Creates the habits of a server that has not denied a random name. */
export const createHabits = (): ReplyHabits => ({
  hasOmittedZone: false,
  hasNamedItself: false,
  hasOfferedRecursion: false,
  hasOfferedNone: false,
  hasDeniedAsOwner: false,
  hasAnsweredPlainly: false,
});

/** The denial of a random name. */
export interface Denial extends Pick<Reply, 'zone' | 'offersRecursion' | 'isAuthoritative'> {
  readonly name: string;
}

/** Records the denial of a random name. */
export function recordDenial(habits: ReplyHabits, denial: Denial): void {
  const { name, zone, offersRecursion, isAuthoritative } = denial;
  habits.hasOmittedZone ||= zone === undefined;
  habits.hasNamedItself ||= zone === name;
  habits.hasOfferedRecursion ||= offersRecursion === true;
  habits.hasOfferedNone ||= offersRecursion === false;
  habits.hasDeniedAsOwner ||= isAuthoritative === true;
}

/**
 * Records an answer with addresses.
 *
 * @param type the type of the last question: some servers set the AA bit for type A alone.
 */
export function recordAnswer(
  habits: ReplyHabits,
  { addresses = [], isAuthoritative }: Partial<Pick<Reply, 'addresses' | 'isAuthoritative'>>,
  type: 'A' | 'AAAA' = 'A',
): void {
  habits.hasAnsweredPlainly ||= type === 'A' && addresses.length > 0 && !isAuthoritative;
}

/**
 * Says why a reply is not believed, whatever other replies of the server look like: the answer is about other names; it denies a
 * name and gives its address; it comes from a policy zone; the SOA record is not that of a zone above the name, or above its alias
 * (RFC 2308 section 2); all addresses are null.
 *
 * @returns undefined if nothing speaks against it.
 */
export function suspicionOf(name: string, reply: Reply, server: string): string | undefined {
  const { rcode, addresses, alias, zone, policyZone, isAboutOthers } = reply;
  const isDenied = rcode === 'NXDOMAIN';
  if (isAboutOthers) return 'the reply is about other names';
  if (policyZone !== undefined && !isWithin(name, policyZone))
    return blocked(server, comesFrom(policyZone, hasAnswer(reply)));
  if (addresses.length > 0) {
    if (isDenied) return 'the reply denies a name and gives its address';
    // The hosts file of a user, which only getaddrinfo reads, may give such an address on purpose.
    return rcode !== undefined && hasNullAddress(reply)
      ? blocked(server, `its address is ${addresses[0]}`)
      : undefined;
  }
  if (zone === undefined || isWithin(alias ?? name, zone)) return undefined;
  return blocked(server, comesFrom(zone, hasAnswer(reply)));
}

const hasAnswer = ({ addresses, alias }: Reply): boolean => addresses.length > 0 || alias !== undefined;

const comesFrom = (zone: string, isAnswer = false): string =>
  `the ${isAnswer ? 'answer' : 'denial'} comes from the zone ${zone}`;

/** The beginning of the reason for a name that a server blocks. */
export const blockedBy = 'blocked by ';

/** Says that a server blocks a name, and how that shows. */
export const blocked = (server: string, sign: string): string => `${blockedBy}${server}: ${sign}`;

/**
 * Says why a reply does not look like other ones of the same server. A denial of a name, or of its records, is compared with those of
 * random names: these always have an SOA record, or always the RA bit set, or always clear. A resolver that sets the AA bit (RFC
 * 1035 section 4.1.1) only for one name below a top-level domain has made up the reply itself.
 *
 * @param name the name that was asked for.
 * @returns undefined if it does.
 */
export const departureFrom = (name: string, habits: ReplyHabits, finding: Finding): string | undefined =>
  denialDeparture(name, habits, finding) ??
  (isOwnReply(name, habits, finding)
    ? blocked(finding.server, 'its reply is authoritative, unlike others')
    : undefined);

/** Whether the server has denied a random name. */
const hasDenied = ({ hasOfferedRecursion, hasOfferedNone }: ReplyHabits): boolean =>
  hasOfferedRecursion || hasOfferedNone;

function isOwnReply(name: string, habits: ReplyHabits, finding: Finding): boolean {
  const { offersRecursion, isAuthoritative } = finding;
  if (!isAuthoritative || name.indexOf('.') !== name.lastIndexOf('.')) return false;
  if (!hasDenied(habits) || habits.hasDeniedAsOwner) return false;
  const isDenial = offersRecursion !== undefined;
  return isDenial || habits.hasAnsweredPlainly;
}

function denialDeparture(name: string, habits: ReplyHabits, finding: Finding): string | undefined {
  const { hasOmittedZone, hasNamedItself } = habits;
  const { zone, offersRecursion, server, verdict } = finding;
  if (offersRecursion === undefined || !hasDenied(habits)) return undefined;
  const isOwn = verdict.status === 'absent' && zone === name;
  if (isOwn && !hasNamedItself) return blocked(server, comesFrom(name));
  if (zone === undefined && !hasOmittedZone) return blocked(server, 'the denial has no SOA record');
  if (offersRecursion ? habits.hasOfferedRecursion : habits.hasOfferedNone) return undefined;
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
