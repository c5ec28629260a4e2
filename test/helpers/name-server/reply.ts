import { type Answer, encode, type NsecAnswer, type OptAnswer, type SoaAnswer } from 'dns-packet';
import { type Query, questionEnd, type Rcode, rcodes } from './query.js';

/** The content of a reply; by default NOERROR without records. */
export interface Reply {
  /** A name, or a number whose bits above the lower four go into the OPT record (RFC 6891 section 6.1.3). */
  readonly rcode?: Rcode | number;
  readonly answers?: readonly Answer[];
  readonly authorities?: readonly Answer[];
}

const ttl = 60;
const responseFlag = 0x8000;
const truncatedFlag = 0x0200;
const recursionDesired = 0x0100;
const recursionAvailable = 0x0080;
const opcodeMask = 0x7800;

/** Creates a record whose data are an address or a name. */
export function record(type: 'A' | 'AAAA' | 'CNAME' | 'NS', name: string, data: string): Answer {
  return { type, name, ttl, data };
}

/** Creates the SOA record that a negative reply contains in its authority section (RFC 2308 section 2). */
export function startOfAuthority(name: string): SoaAnswer {
  const data = { mname: 'ns.invalid', rname: 'admin.invalid', refresh: 3600, retry: 600, expire: 86400 };
  return { type: 'SOA', name, ttl, data: { ...data, serial: 1, minimum: ttl } };
}

/** Creates the NSEC record of a name; the next name is the first one below it (RFC 9824 section 3.1). */
export function nextSecure(name: string, rrtypes: readonly string[]): NsecAnswer {
  return { type: 'NSEC', name, ttl, data: { nextDomain: `\0.${name}`, rrtypes: [...rrtypes] } };
}

function optionRecord(rcode: number): OptAnswer {
  const extended = { udpPayloadSize: 1232, extendedRcode: rcode >> 4, ednsVersion: 0 };
  return { type: 'OPT', name: '.', ...extended, flags: 0, flag_do: false, options: [] };
}

/**
 * Encodes a name, replacing labels that were written before by a pointer (RFC 1035 section 4.1.4), as real servers do and
 * dns-packet does not.
 *
 * @param start offset of the name in the message.
 * @param offsets offset of each name written before; names written here are added.
 */
function compressName(name: string, start: number, offsets: Map<string, number>): Buffer {
  const parts: Buffer[] = [];
  let offset = start;
  let rest = name === '.' ? '' : name.toLowerCase();
  while (rest !== '') {
    const known = offsets.get(rest);
    if (known !== undefined) return Buffer.concat([...parts, Buffer.of(0xc0 | (known >> 8), known & 0xff)]);
    if (offset < 0x4000) offsets.set(rest, offset);
    const end = rest.includes('.') ? rest.indexOf('.') : rest.length;
    const label = Buffer.from(rest.slice(0, end));
    parts.push(Buffer.of(label.length), label);
    offset += 1 + label.length;
    rest = rest.slice(end + 1);
  }
  return Buffer.concat([...parts, Buffer.of(0)]);
}

function encodeRecord(answer: Answer, offset: number, offsets: Map<string, number>): Buffer {
  const owner = compressName(answer.name, offset, offsets);
  // With the root as its owner, the record after the header (12 octets) begins with one octet for the owner.
  const tail = encode({ type: 'response', answers: [{ ...answer, name: '.' }] }).subarray(13);
  if (answer.type !== 'CNAME' && answer.type !== 'NS') return Buffer.concat([owner, tail]);
  const target = compressName(answer.data, offset + owner.length + 10, offsets);
  return Buffer.concat([owner, tail.subarray(0, 8), Buffer.of(0, target.length), target]);
}

/** Copies a message without its records. */
export function withoutRecords(message: Buffer): Buffer {
  const head = Buffer.from(message.subarray(0, questionEnd(message)));
  return head.fill(0, 6, 12);
}

/** Copies a message as a server sends it if the records do not fit: without them and with TC set. */
export function truncate(message: Buffer): Buffer {
  const head = withoutRecords(message);
  head.writeUInt16BE(head.readUInt16BE(2) | truncatedFlag, 2);
  return head;
}

/** Encodes the reply to a message that is not a valid query: a header and nothing else. */
export function encodeError(message: Buffer, rcode: Rcode): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(message.readUInt16BE(0), 0);
  header.writeUInt16BE(responseFlag | (message.readUInt16BE(2) & opcodeMask) | rcodes[rcode], 2);
  return header;
}

/** Encodes a reply with the query's question, unchanged. The reply is truncated if it does not fit into a datagram. */
export function encodeReply(query: Query, reply: Reply): Buffer {
  const rcode = typeof reply.rcode === 'number' ? reply.rcode : rcodes[reply.rcode ?? 'NOERROR'];
  const { answers = [], authorities = [] } = reply;
  const additionals = query.payloadSize !== undefined ? [optionRecord(rcode)] : [];
  const head = withoutRecords(query.message);
  const flags = responseFlag | (head.readUInt16BE(2) & recursionDesired) | recursionAvailable;
  head.writeUInt16BE(flags | (rcode & 15), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(answers.length, 6);
  head.writeUInt16BE(authorities.length, 8);
  head.writeUInt16BE(additionals.length, 10);

  const offsets = new Map<string, number>();
  compressName(query.name, 12, offsets);
  const parts = [head];
  let length = head.length;
  for (const answer of [...answers, ...authorities, ...additionals]) {
    const part = encodeRecord(answer, length, offsets);
    parts.push(part);
    length += part.length;
  }
  const message = Buffer.concat(parts, length);
  const maximumLength = query.transport === 'tcp' ? 0xffff : Math.max(512, query.payloadSize ?? 0);
  return length > maximumLength ? truncate(message) : message;
}
