import { decode, encode, type Packet, type StringAnswer } from 'dns-packet';
import { decodeReply, isReplyTo, type Reply } from '../../../src/dns/wire/reply.js';

/** The id of all queries and replies here, unless a test chooses another. */
export const id = 0xbeef;

/** Flags of a usual reply: recursion desired and available. */
export const usualFlags = 0x0180;

/** Encodes the query for a name's A records with dns-packet, which accepts '' for the root. */
export const queryFor = (name: string): Buffer =>
  encode({ type: 'query', id, flags: 0x0100, questions: [{ type: 'A', name }] });

/** Encodes a reply that repeats the query's question and has the given content. */
export function replyTo(query: Buffer, content: Packet = {}): Buffer {
  const { id, questions } = decode(query);
  return encode({ type: 'response', id, flags: usualFlags, questions, ...content });
}

/** An A or AAAA record. */
export const address = (name: string, data: string): StringAnswer => ({
  type: data.includes(':') ? 'AAAA' : 'A',
  name,
  data,
});

/** A CNAME record. */
export const alias = (name: string, data: string): StringAnswer => ({ type: 'CNAME', name, data });

/** Decodes a message that arrives after the query for a name; undefined if it is not a valid reply to that query. */
export function readIfReply(message: Buffer, name: string): Reply | undefined {
  const question = { name, type: 'A' } as const;
  return isReplyTo(id, question, message) ? decodeReply(message, question) : undefined;
}

/**
 * Decodes a reply to the query for a name.
 *
 * @throws if `isReplyTo` rejects the message, so that a test that expects undefined cannot pass because of that.
 */
export function read(message: Buffer, name: string): Reply | undefined {
  if (!isReplyTo(id, { name, type: 'A' }, message))
    throw new Error(`Expected a reply to the query for ${name}`);
  return readIfReply(message, name);
}

/** Concatenates octets (numbers), Latin-1 characters (strings) and buffers. */
export const octets = (...parts: readonly (number | string | Uint8Array)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.of(part);
      return typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    }),
  );

/** Encodes a pointer to an offset (RFC 1035 section 4.1.4). */
export const pointer = (offset: number): Buffer => Buffer.of(0xc0 | (offset >> 8), offset & 0xff);

/** Encodes one label of a name, without the octets that follow it. */
export const label = (content: string | Uint8Array): Buffer => octets(content.length, content);

/** Encodes a record of class IN from its encoded owner and data (RFC 1035 section 4.1.3). */
export function record(
  owner: Uint8Array,
  type: 'A' | 'NS' | 'CNAME' | 'SOA' | 'MX' | 'TXT' | 'NSEC',
  data: Uint8Array,
): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE({ A: 1, NS: 2, CNAME: 5, SOA: 6, MX: 15, TXT: 16, NSEC: 47 }[type], 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

/**
 * Encodes a reply to the query for a name from encoded records, for content that dns-packet cannot encode: pointers, and
 * octets that are not valid text.
 */
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
