import { decode, encode, type Packet, type StringAnswer } from 'dns-packet';
import { decodeReply, isReplyTo, type Reply } from '../../../src/dns/wire/reply.js';

/** The id that all messages here have that need not have another. */
export const id = 0xbeef;

/** Flags of a usual reply: recursion desired and available. */
export const usualFlags = 0x0180;

/** The wire form of the question for a name's A records, by dns-packet, which takes '' for the root, too. */
export const queryFor = (name: string): Buffer =>
  encode({ type: 'query', id, flags: 0x0100, questions: [{ type: 'A', name }] });

/** A reply that repeats the query's question as it is, with whatever else is given. */
export function replyTo(query: Buffer, content: Packet = {}): Buffer {
  const { id, questions } = decode(query);
  return encode({ type: 'response', id, flags: usualFlags, questions, ...content });
}

/** The record of an address. */
export const address = (name: string, data: string): StringAnswer => ({
  type: data.includes(':') ? 'AAAA' : 'A',
  name,
  data,
});

/** The record of an alias. */
export const alias = (name: string, data: string): StringAnswer => ({ type: 'CNAME', name, data });

/** What is read from a message that comes in after the query for a name; undefined where it is no reply to it. */
export function readIfReply(message: Buffer, name: string): Reply | undefined {
  const question = { name, type: 'A' } as const;
  return isReplyTo(id, question, message) ? decodeReply(message, question) : undefined;
}

/** What is read from a reply; throws where it does not even pass for one, so that no test ends there unseen. */
export function read(message: Buffer, name: string): Reply | undefined {
  if (!isReplyTo(id, { name, type: 'A' }, message))
    throw new Error(`Expected a reply to the query for ${name}`);
  return readIfReply(message, name);
}

/** Octets by hand: numbers are octets, texts are their characters. */
export const octets = (...parts: readonly (number | string | Uint8Array)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.of(part);
      return typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    }),
  );

/** A pointer to an offset (RFC 1035 section 4.1.4). */
export const pointer = (offset: number): Buffer => Buffer.of(0xc0 | (offset >> 8), offset & 0xff);

/** A label; the name that it belongs to goes on behind it. */
export const label = (content: string | Uint8Array): Buffer => octets(content.length, content);

/** A record by hand (RFC 1035 section 4.1.3), of class IN. */
export function record(
  owner: Uint8Array,
  type: 'A' | 'NS' | 'CNAME' | 'SOA' | 'TXT',
  data: Uint8Array,
): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE({ A: 1, NS: 2, CNAME: 5, SOA: 6, TXT: 16 }[type], 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

/** A reply with records by hand, for what dns-packet does not encode: pointers, and octets that no text has. */
export function handmade(
  name: string,
  answers: readonly Uint8Array[],
  authorities: readonly Uint8Array[] = [],
): Buffer {
  const head = replyTo(queryFor(name));
  head.writeUInt16BE(answers.length, 6);
  head.writeUInt16BE(authorities.length, 8);
  return Buffer.concat([head, ...answers, ...authorities]);
}
