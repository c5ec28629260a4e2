import { type DecodedPacket, decode } from 'dns-packet';

/** The response codes that tests refer to by name: IANA's registry "DNS RCODEs" (RFC 1035 section 4.1.1). */
export const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

/** The name of a response code. */
export type Rcode = keyof typeof rcodes;

/** The content of a query. */
export interface Question {
  /** The name in lower case and without a trailing dot, whatever its case in the query. */
  readonly name: string;
  /** The name of the record type, or `UNKNOWN_` and the number if dns-packet does not know it. */
  readonly type: string;
  readonly id: number;
  /** The largest UDP reply that the client accepts, in octets, if it sent an OPT record (RFC 6891 section 6.2.3). */
  readonly payloadSize?: number;
  /** Whether the records of DNSSEC are asked for (RFC 3225 section 3). */
  readonly wantsDnssec?: boolean;
  /** The message as it arrived, without TCP's length prefix. */
  readonly message: Buffer;
}

/** A question and how it arrived. */
export interface Query extends Question {
  readonly transport: 'udp' | 'tcp' | 'tls' | 'https';
  /** The client's source port. */
  readonly port: number;
  /** 1 for the first query with this name and type over any transport, 2 for the second, and so on. */
  readonly attempt: number;
}

const headerSize = 12;

/** The offset after the question of a message that has one question with an uncompressed name. */
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
 * Decodes a query as strictly as a server is allowed to, so that a client's mistakes show.
 *
 * @returns the question; the response code if the query is not accepted; or undefined if the message must not be
 * answered because it is a reply or shorter than a header.
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
    ...(option === undefined ? {} : { payloadSize: option.udpPayloadSize, wantsDnssec: option.flag_do }),
    message,
  };
}
