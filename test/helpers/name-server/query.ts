import { type DecodedPacket, decode } from 'dns-packet';

/** The response codes tests speak of by name (RFC 1035 section 4.1.1). */
export const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

/** The name of a response code. */
export type Rcode = keyof typeof rcodes;

/** What a query message itself says. */
export interface Question {
  /** The name in lower case and without its last dot, however it was written in the query. */
  readonly name: string;
  /** The record type by its name, or `UNKNOWN_65` for one that dns-packet has no name for. */
  readonly type: string;
  readonly id: number;
  /** The largest UDP reply the client takes, in octets, where it sent an OPT record (RFC 6891). */
  readonly payloadSize?: number;
  /** The message as it arrived, without the length prefix of TCP. */
  readonly message: Buffer;
}

/** A question together with how it came. */
export interface Query extends Question {
  readonly transport: 'udp' | 'tcp' | 'tls' | 'https';
  /** The client's source port. */
  readonly port: number;
  /** 1 for the first query with this name and type, whichever the transport, 2 for the second. */
  readonly attempt: number;
}

const headerSize = 12;

/** The offset behind the question section of a message with one uncompressed question. */
export function questionEnd(message: Buffer): number {
  let offset = headerSize;
  for (let length = message.readUInt8(offset); length > 0; length = message.readUInt8(offset)) {
    if (length > 63) throw new RangeError(`Expected a label of at most 63 octets, got ${length}`);
    offset += 1 + length;
  }
  return offset + 5;
}

function decodeWhole(message: Buffer): DecodedPacket | undefined {
  try {
    const packet = decode(message);
    return decode.bytes === message.length && questionEnd(message) <= message.length ? packet : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a query as strictly as a server may, so that a client's slip shows: the question, or the response
 * code it deserves, or nothing for what must not be answered (a reply, or less than a header).
 */
export function readQuestion(message: Buffer): Question | Rcode | undefined {
  if (message.length < headerSize || message.readUInt8(2) >= 0x80) return undefined;
  if ((message.readUInt8(2) & 0x78) !== 0) return 'NOTIMP';
  const packet = decodeWhole(message);
  const [question, ...others] = packet?.questions ?? [];
  if (question === undefined || others.length > 0) return 'FORMERR';
  if (question.class !== 'IN') return 'REFUSED';
  const option = packet?.additionals?.find((record) => record.type === 'OPT');
  return {
    name: question.name.toLowerCase(),
    type: question.type,
    id: message.readUInt16BE(0),
    ...(option === undefined ? {} : { payloadSize: option.udpPayloadSize }),
    message,
  };
}
