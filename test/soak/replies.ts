import type { Fault } from './faults.js';
import { suffix, truthOf } from './truth.js';

const rcodes = { noerror: 0, servfail: 2, nxdomain: 3, refused: 5 } as const;
const typeA = 1;
const typeSoa = 6;
/** A pointer to the name in the question, class IN, a TTL of 60 s and four octets of data (RFC 1035 section 4.1). */
const addressRecord = Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
/** The SOA record of the suffix; its data is never read. */
const soaRecord = Buffer.from([3, ...Buffer.from(suffix), 0, 0, typeSoa, 0, 1, 0, 0, 0, 60, 0, 0]);

/** Encodes the reply of a server with a fault to a query with one question and no EDNS. */
export function encodeReply(query: Buffer, fault: Fault, isStream: boolean): Buffer {
  const { name, type, end } = readQuestion(query);
  const question = query.subarray(0, end);
  if (fault === 'refuse') return encode(question, rcodes.refused);
  if (fault === 'fail') return encode(question, rcodes.servfail);
  if (fault === 'truncate' && !isStream) return encode(question, rcodes.noerror, { isTruncated: true });
  const isSuffix = name === suffix || name === '';
  if (fault === 'deny') return encode(question, rcodes.nxdomain, { authority: soaRecord });
  if (fault === 'invent' && type === typeA)
    return encode(question, rcodes.noerror, { answer: addressRecord });
  const truth = isSuffix ? 'taken' : truthOf(name);
  if (truth === 'absent') return encode(question, rcodes.nxdomain, { authority: soaRecord });
  if (truth === 'live' && type === typeA) return encode(question, rcodes.noerror, { answer: addressRecord });
  return encode(question, rcodes.noerror, { authority: soaRecord });
}

/** Replies that a client must not believe: one with another id, one to another question. */
export function forgeriesOf(reply: Buffer): Buffer[] {
  const otherId = Buffer.from(reply);
  otherId.writeUInt16BE((reply.readUInt16BE() + 1) & 0xffff);
  const otherName = Buffer.from(reply);
  otherName[13] = (otherName[13] ?? 0) ^ 1;
  // Both say the opposite.
  for (const forgery of [otherId, otherName]) forgery[3] = (forgery[3] ?? 0) ^ rcodes.nxdomain;
  return [otherId, otherName];
}

interface Parts {
  readonly answer?: Buffer;
  readonly authority?: Buffer;
  readonly isTruncated?: boolean;
}

function encode(question: Buffer, rcode: number, { answer, authority, isTruncated }: Parts = {}): Buffer {
  const message = Buffer.concat([question, answer ?? Buffer.alloc(0), authority ?? Buffer.alloc(0)]);
  // A reply with recursion desired and available.
  message[2] = 0x81 | (isTruncated ? 0x02 : 0);
  message[3] = 0x80 | rcode;
  message.writeUInt16BE(answer ? 1 : 0, 6);
  message.writeUInt16BE(authority ? 1 : 0, 8);
  return message;
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let offset = 12;
  for (let length = query[offset] ?? 0; length > 0; length = query[offset] ?? 0) {
    labels.push(query.toString('latin1', offset + 1, offset + 1 + length).toLowerCase());
    offset += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(offset + 1), end: offset + 5 };
}
