import type { Answer } from '../../dns/resolver/resolver.js';
import type { Reply } from '../../dns/wire/reply.js';
import type { Random } from '../../util/random.js';

/** What a server says about the name of a canary: a question whose right answer is known beforehand. */
export type CanaryReply =
  | {
      /** Whether the name exists for the server (any NOERROR). */
      readonly exists: boolean;
      /** The zone whose SOA record a denial has; empty for the root, undefined without one. */
      readonly zone: string | undefined;
      /** Whether the server offers recursion; undefined if the name has an address or an alias. */
      readonly offersRecursion?: boolean | undefined;
      readonly addresses?: readonly string[];
      /** Whether the server has answered on its own authority (AA). */
      readonly isAuthoritative?: boolean | undefined;
      /** The places of the query and of the reply in the run's order of events. */
      readonly sent: number;
      readonly received: number;
    }
  | { readonly failure: string };

/** A canary, and the reply to it. */
export interface Canary {
  readonly name: string;
  readonly reply: CanaryReply;
}

/** Whether the name of a canary exists for the server. */
export const exists = ({ reply }: Canary): boolean => 'exists' in reply && reply.exists;

/** Whether the server denies it. */
export const isDenied = ({ reply }: Canary): boolean => 'exists' in reply && !reply.exists;

/** Whether there is no answer. */
export const isUnanswered = ({ reply }: Canary): boolean => 'failure' in reply;

/** Reads what an answer says about the name of a canary. */
export function readCanary({ outcome, sent, received }: Answer): CanaryReply {
  if ('failure' in outcome) return { failure: outcome.failure };
  const { rcode, alias, addresses, zone, offersRecursion, isAuthoritative, isAboutOthers } = outcome.reply;
  if (isAboutOthers) return { failure: 'the reply is about other names' };
  const exists = rcode === 'NOERROR' || alias !== undefined || addresses.length > 0;
  return { exists, zone, offersRecursion, addresses, isAuthoritative, sent, received };
}

/** Describes the reply to a canary, for `evidence`. */
export function describeCanary(name: string, reply: CanaryReply): string {
  if ('failure' in reply) return `${name}: ${reply.failure}`;
  return `${name} ${reply.exists ? 'exists' : 'does not exist'}`;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
/** The fewest and the most letters and digits of a random label: at least 119 bits. */
const shortestLabel = 24;
const longestLabel = 40;
/** Octets of the longest name in text form. */
const longestName = 253;
/** The beginning of the ASCII form of a label in another script (RFC 5890 section 2.3.1). */
const asciiPrefix = 'xn--';

const oneOf = (characters: string, random: Random): string =>
  characters.charAt(random.below(characters.length));

/**
 * Makes up a name under a parent that nobody has registered: too long to exist by chance, of varied length and letters. Its label is
 * shorter if a long one would make the name too long.
 */
export function randomNameUnder(parent: string, random: Random): string {
  const room = Math.max(longestName - 1 - parent.length, 1);
  const length = Math.min(shortestLabel + random.below(longestLabel - shortestLabel + 1), room);
  const rest = Array.from({ length: length - 1 }, () => oneOf(letters + digits, random));
  return `${oneOf(letters, random)}${rest.join('')}.${parent}`;
}

/**
 * Makes up a name in the form of another one: each letter and digit of the last label is replaced by a random one; hyphens and
 * the other labels, such as `www`, stay.
 *
 * @param word the other name without the suffix.
 */
export function similarName(word: string, suffixName: string, random: Random): string {
  const start = word.lastIndexOf('.') + 1;
  const kept = start + (word.startsWith(asciiPrefix, start) ? asciiPrefix.length : 0);
  const made = word
    .slice(kept)
    .replace(/[a-z]|[0-9]/g, (character) => oneOf(character >= 'a' ? letters : digits, random));
  return `${word.slice(0, kept)}${made}.${suffixName}`;
}

/** The length of a label, roughly if it is long. */
const roughLength = (length: number): number =>
  length <= 6 ? length : length <= 9 ? 7 : length <= 15 ? 10 : 16;

/**
 * Describes the form of a name: its length, roughly, whether it has digits and hyphens, and the labels before the last one. A server that
 * makes up addresses may do so for one form alone.
 *
 * @param word the name without the suffix.
 */
export function formOf(word: string): string {
  const start = word.lastIndexOf('.') + 1;
  const label = word.slice(start);
  const isNumeric = /^[0-9]/.test(label);
  const signs = `${isNumeric ? '0' : ''}${/[0-9]/.test(label) ? '1' : ''}${label.includes('-') ? '-' : ''}`;
  return `${word.slice(0, start)}${roughLength(label.length)}${signs}`;
}

/**
 * Whether a name is a zone of its own, or lies in one below its suffix, as a registered name does (RFC 2308 section 3).
 *
 * @param reply the reply to the query for its name servers.
 */
export const showsDelegation = ({ nameServers, referral, zone }: Reply, suffixName: string): boolean =>
  nameServers === true || referral !== undefined || zone?.endsWith(`.${suffixName}`) === true;
