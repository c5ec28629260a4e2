import { isLive, suffix } from '../names.js';
import type { Refusal } from './faults.js';

/** The suffix in wire format (RFC 1035 section 3.1). */
const wireSuffix = Buffer.from(`\x03${suffix}\0`);

/** An address record that points to the question's name (RFC 1035 sections 4.1.3 and 4.1.4). */
const addressRecord = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, 192, 0, 2, 1]);
/** What follows the owner's name in an SOA record: two names, both the root, and five numbers (section 3.3.13). */
const startOfAuthority = Buffer.from(`000600010000012c0016${'0000'}${'0000012c'.repeat(5)}`, 'hex');

const typeA = 1;
const headerLength = 12;
const rcodes = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
/** The bit TC in the third octet of a message (RFC 1035 section 4.1.1). */
const truncation = 0x02;

/** The first label of a query's question. */
export const labelOf = (query: Buffer): string =>
  query.toString('latin1', headerLength + 1, headerLength + 1 + (query[headerLength] ?? 0));

/** Makes the reply to a query, as a resolver that knows the names of the benchmark. */
export function replyTo(query: Buffer): Buffer {
  const end = query.indexOf(0, headerLength);
  const label = labelOf(query);
  const known = query.subarray(headerLength + 1 + label.length, end + 1).equals(wireSuffix) && isLive(label);
  const exists = known || query.subarray(headerLength, end + 1).equals(wireSuffix);
  const hasAddress = known && query.readUInt16BE(end + 1) === typeA;
  const question = query.subarray(0, end + 5);
  const reply = Buffer.concat([question, hasAddress ? addressRecord : denialBy(query, end)]);
  setHeader(reply, exists ? 'NOERROR' : 'NXDOMAIN');
  reply.writeUInt16BE(1, hasAddress ? 6 : 8);
  return reply;
}

/** Turns the query's own buffer into a reply that has only a response code. */
export function refusalOf(query: Buffer, rcode: Refusal): Buffer {
  const reply = query.subarray(0, query.indexOf(0, headerLength) + 5);
  setHeader(reply, rcode);
  return reply;
}

/** Turns the query's own buffer into a reply that says that the answer is too long for UDP. */
export function truncatedReplyTo(query: Buffer): Buffer {
  const reply = query.subarray(0, query.indexOf(0, headerLength) + 5);
  setHeader(reply, 'NOERROR');
  reply[2] = (reply[2] ?? 0) | truncation;
  return reply;
}

/** The SOA record of the zone that denies a name or a type: the suffix, or the root (RFC 2308 section 3). */
function denialBy(query: Buffer, end: number): Buffer {
  const start = end + 1 - wireSuffix.length;
  const isBelow = query.subarray(start, end + 1).equals(wireSuffix);
  return Buffer.concat([isBelow ? Buffer.from([0xc0, start]) : Buffer.from([0]), startOfAuthority]);
}

function setHeader(reply: Buffer, rcode: keyof typeof rcodes): void {
  // The flags QR, AA and RA, and the query's RD.
  reply[2] = 0x84 | ((reply[2] ?? 0) & 1);
  reply[3] = 0x80 | rcodes[rcode];
  // No record yet, not even the query's own OPT.
  reply.writeUInt32BE(0, 6);
  reply.writeUInt16BE(0, 10);
}
