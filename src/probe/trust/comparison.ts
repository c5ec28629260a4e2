import { isWithin } from '../../dns/wire/name.js';
import type { Reply } from '../../dns/wire/reply.js';

/** What a name has of one type. */
type Shape = 'denied' | 'alias' | 'records' | 'referral' | 'no record';

function shapeOf({ rcode, alias, addresses, nameServers, mailExchanges, texts, referral }: Reply): Shape {
  if (alias !== undefined) return 'alias';
  if (rcode === 'NXDOMAIN') return 'denied';
  if (addresses.length > 0 || nameServers || mailExchanges || (texts && texts.length > 0)) return 'records';
  return referral === undefined ? 'no record' : 'referral';
}

/** Whether a reply has anything but a denial of its name. */
export const isAnswered = (reply: Reply): boolean => shapeOf(reply) !== 'denied';

/** Whether a reply gives its name an alias or records of the type that was asked for. */
export const hasContent = (reply: Reply): boolean => ['alias', 'records'].includes(shapeOf(reply));

/**
 * Whether a name exists, as it does not have what a wildcard gives to random names beside it: other addresses, another alias, a type that
 * they lack, or none of a type that they have. A wildcard gives the same records to all names (RFC 4592 section 2.1.1), so nothing
 * is concluded from random names that differ among themselves.
 *
 * @param own the reply about the name.
 * @param siblings the replies about random names beside it, to the same question; at least one.
 */
export function isUnlike(own: Reply, siblings: readonly Reply[]): boolean {
  const shape = shapeOf(own);
  const [first] = siblings;
  if (first === undefined || shape === 'denied' || !areAlike(siblings, shapeOf)) return false;
  if (shape !== shapeOf(first)) return true;
  if (shape === 'alias') return isUnlikeAlias(own, first, siblings);
  if (!areAlike(siblings, ({ addresses }) => addresses.toSorted().join())) return false;
  return own.addresses.some((address) => !first.addresses.includes(address));
}

/** Below a DNAME record, each name is an alias of another name (RFC 6672 section 2.2), which exists or not. */
function isUnlikeAlias(own: Reply, first: Reply, siblings: readonly Reply[]): boolean {
  const isDangling = ({ rcode }: Reply) => rcode === 'NXDOMAIN';
  if (siblings.every(isDangling) && !isDangling(own)) return true;
  return areAlike(siblings, ({ alias }) => alias) && own.alias !== first.alias;
}

const areAlike = (replies: readonly Reply[], of: (reply: Reply) => string | undefined): boolean =>
  new Set(replies.map(of)).size === 1;

/**
 * Whether a name exists, as it keeps a wildcard from the names below it (RFC 4592 section 2.2.1): a random name below it is denied,
 * and those below random names beside it are not. An answer proves nothing: the name may have a wildcard of its own.
 *
 * @param own the reply about a random name below the name.
 * @param siblings the replies about names below random names beside it.
 */
export const isBlocking =
  (name: string) =>
  (own: Reply, siblings: readonly Reply[]): boolean =>
    !isAnswered(own) && own.addresses.length === 0 && isFromAbove(name, own) && siblings.every(isAnswered);

/** Whether the SOA record in a denial, if there is one, is that of a zone of the name; one of the root contradicts that the name has a zone. */
const isFromAbove = (name: string, { zone }: Reply): boolean =>
  zone === undefined || (zone !== '' && isWithin(name, zone));

/** What the NSEC records at a name and at a random name beside it show: the name exists, or does not, or they show nothing. */
export type Shown = 'exists' | 'nonexistent' | undefined;

/**
 * Reads compact denials (RFC 9824), where a server answers without records for names that do not exist: NXNAME at the name, which is
 * nonexistent then, or records. A name that is marked in no way exists if random names are marked as nonexistent (RFC 9824 section 3.2).
 *
 * @param own the reply about the name to a query for the records of DNSSEC.
 * @param sibling that about a random name beside it.
 */
export function readCompactDenial(own: Reply, sibling: Reply): Shown {
  if (own.occurrence === 'nonexistent') return 'nonexistent';
  if (!isAnswered(own)) return isAnswered(sibling) ? undefined : 'nonexistent';
  if (own.occurrence === undefined || sibling.occurrence === 'records') return undefined;
  return own.occurrence === 'records' || sibling.occurrence === 'nonexistent' ? 'exists' : undefined;
}
