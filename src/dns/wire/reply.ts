import { formatIPv4, formatIPv6 } from '../../util/ip-address.js';
import { isNameAt, readName, skipName } from './name.js';
import { byteAt, uint16At, unreadable } from './octets.js';
import { headerLength, type Question, queryLength } from './query.js';
import { rcodeName } from './rcodes.js';
import { recordTypes } from './record-types.js';

/** The content of a reply, as far as it concerns the name that was asked for. */
export interface Reply {
  /** The name of its response code; absent if the answer did not come as a DNS message. */
  readonly rcode?: string;
  /** The reply did not fit into a datagram: the question must be asked again over a stream (RFC 2181 section 9). */
  readonly truncated: boolean;
  /** The addresses of the name or, if it is an alias, of the name at the end of the alias chain. */
  readonly addresses: readonly string[];
  /** The name at the end of the chain of aliases (CNAME); the response code is that name's (RFC 6604 section 3). */
  readonly alias?: string | undefined;
  /** The name has NS records, which means that it is a zone of its own. */
  readonly nameServers?: boolean;
  /** The zone whose SOA record the reply contains instead of an answer (RFC 2308 section 2). */
  readonly zone?: string | undefined;
  /** The zone that the server refers to others for: NS records instead of an answer (RFC 2308 section 2.2). */
  readonly referral?: string | undefined;
}

interface ResourceRecord {
  readonly owner: string;
  readonly type: number;
  /** The record's data are the octets of the message from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
}

/**
 * Whether a message is the reply to a query, that is, has the QR bit set and the query's id and question. The question's
 * letter case is ignored because some servers change it.
 */
export function isReplyTo(id: number, question: Question, message: Uint8Array): boolean {
  const end = queryLength(question);
  if (message.length < end || uint16At(message, 0) !== id) return false;
  if ((byteAt(message, 2) & 0x80) === 0 || uint16At(message, 4) !== 1) return false;
  if (uint16At(message, end - 4) !== recordTypes[question.type]) return false;
  return uint16At(message, end - 2) === 1 && isNameAt(message, headerLength, question.name);
}

/**
 * Decodes a reply.
 *
 * @param message one for which `isReplyTo` is true with this question.
 * @returns undefined if the message is malformed.
 */
export function decodeReply(message: Uint8Array, question: Question): Reply | undefined {
  try {
    return readReply(message, question.name, queryLength(question));
  } catch (error) {
    if (error === unreadable) return undefined;
    throw error;
  }
}

function readReply(message: Uint8Array, name: string, recordsStart: number): Reply {
  const flags = uint16At(message, 2);
  if ((flags & 0x7800) !== 0) throw unreadable;
  const rcode = rcodeName(flags & 0x000f);
  // The records of a truncated reply are ignored, because others may be missing.
  if ((flags & 0x0200) !== 0) return { rcode, truncated: true, addresses: [] };

  const records: ResourceRecord[] = [];
  const authorityStart = readRecords(message, name, recordsStart, uint16At(message, 6), records);
  const alias = followAliases(message, name, records);
  const addresses = readAddresses(message, alias ?? name, records);
  if (alias !== undefined || addresses.length > 0) return { rcode, truncated: false, addresses, alias };

  const nameServers = records.some(({ type, owner }) => type === recordTypes.NS && owner === name);
  const authority: ResourceRecord[] = [];
  readRecords(message, name, authorityStart, uint16At(message, 8), authority);
  const zone = ownerOf(recordTypes.SOA, authority);
  // NS records without an SOA record and without an answer are a referral (RFC 2308 section 2.2).
  const referred = rcode === 'NOERROR' && records.length === 0 && zone === undefined;
  const referral = referred ? ownerOf(recordTypes.NS, authority) : undefined;
  return { rcode, truncated: false, addresses, nameServers, zone, referral };
}

const ownerOf = (type: number, records: readonly ResourceRecord[]): string | undefined =>
  records.find((record) => record.type === type)?.owner;

/** Appends the records of class IN in one section to `records` and returns the offset after that section. */
function readRecords(
  message: Uint8Array,
  name: string,
  start: number,
  count: number,
  records: ResourceRecord[],
) {
  let offset = start;
  for (let left = count; left > 0; left--) {
    const fixed = skipName(message, offset);
    const data = fixed + 10;
    if (data > message.length) throw unreadable;
    const end = data + uint16At(message, fixed + 8);
    if (end > message.length) throw unreadable;
    if (uint16At(message, fixed + 2) === 1) {
      const owner = ownerAt(message, offset, name);
      records.push({ owner, type: uint16At(message, fixed), start: data, end });
    }
    offset = end;
  }
  return offset;
}

/** Reads a record's owner; quickly in the usual case, a pointer to the question's name or to one of its parents. */
function ownerAt(message: Uint8Array, offset: number, name: string): string {
  if (message[offset] === 0xc0) {
    const start = byteAt(message, offset + 1) - headerLength;
    if (start === 0) return name;
    if (name[start - 1] === '.') return name.slice(start);
  }
  return readName(message, offset);
}

function followAliases(
  message: Uint8Array,
  name: string,
  records: readonly ResourceRecord[],
): string | undefined {
  let target: string | undefined;
  // A chain with more steps than there are records is a loop.
  for (let step = 0; step < records.length; step++) {
    const owner = target ?? name;
    const alias = records.find((record) => record.type === recordTypes.CNAME && record.owner === owner);
    if (alias === undefined) return target;
    target = readName(message, alias.start);
    if (skipName(message, alias.start) !== alias.end) throw unreadable;
  }
  return target;
}

function readAddresses(message: Uint8Array, owner: string, records: readonly ResourceRecord[]): string[] {
  const addresses: string[] = [];
  for (const record of records) {
    if (record.owner !== owner) continue;
    if (record.type !== recordTypes.A && record.type !== recordTypes.AAAA) continue;
    if (record.end - record.start !== (record.type === recordTypes.A ? 4 : 16)) throw unreadable;
    addresses.push((record.type === recordTypes.A ? formatIPv4 : formatIPv6)(message, record.start));
  }
  return addresses;
}
