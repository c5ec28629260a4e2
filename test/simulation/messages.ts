/** Messages of the simulated servers: just what they need to read and write (RFC 1035 section 4.1). */

export interface SimulatedQuery {
  readonly name: string;
  readonly type: number;
  /** Offset after the question. */
  readonly end: number;
  readonly message: Uint8Array;
}

/** Reads the question of a query. */
export function readQuery(message: Uint8Array): SimulatedQuery {
  const labels: string[] = [];
  let offset = 12;
  for (let length = message[offset] ?? 0; length > 0; length = message[offset] ?? 0) {
    labels.push(String.fromCharCode(...message.subarray(offset + 1, offset + 1 + length)));
    offset += 1 + length;
  }
  const type = ((message[offset + 1] ?? 0) << 8) | (message[offset + 2] ?? 0);
  return { name: labels.join('.').toLowerCase(), type, end: offset + 5, message };
}

export const types = { A: 1, NS: 2, SOA: 6, TXT: 16, AAAA: 28 } as const;
export const rcodes = { noError: 0, serverFailure: 2, nameError: 3, refused: 5 } as const;

/** The content of a reply. */
export interface SimulatedReply {
  /** Whether it takes the server no time. */
  readonly isAtOnce?: boolean;
  readonly rcode: number;
  /** Whether it has an address of the type that was asked for, or a name server. */
  readonly answer?: 'address' | 'null address' | 'name server' | undefined;
  /** The zone whose SOA record is in the authority section. */
  readonly zone?: string | undefined;
  readonly isTruncated?: boolean;
}

const address4 = [192, 0, 2, 1];
const address6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
/** Names of servers in records: a label of one letter, and the name of the question. */
const target = [1, 0x6e, 0xc0, 12];

/** Writes the reply to a query. */
export function writeReply({ message, type, end }: SimulatedQuery, reply: SimulatedReply): Uint8Array {
  const octets = [...message.subarray(0, end)];
  octets[2] = 0x81 | (reply.isTruncated ? 2 : 0);
  octets[3] = 0x80 | reply.rcode;
  for (let index = 6; index < 12; index++) octets[index] = 0;
  if (reply.isTruncated) return Uint8Array.from(octets);
  const record = (owner: readonly number[], recordType: number, data: readonly number[]) =>
    octets.push(...owner, 0, recordType, 0, 1, 0, 0, 0, 60, 0, data.length, ...data);
  if (reply.answer) {
    octets[7] = 1;
    const address = type === types.A ? address4 : address6;
    const isNull = reply.answer === 'null address';
    const data = reply.answer === 'name server' ? target : isNull ? address.map(() => 0) : address;
    record([0xc0, 12], type, data);
  }
  if (reply.zone !== undefined) {
    octets[9] = 1;
    record(ownerOf(reply.zone), types.SOA, [0, 0, ...new Array<number>(20).fill(0)]);
  }
  return Uint8Array.from(octets);
}

const ownerOf = (zone: string): number[] =>
  zone === '' ? [0] : [...zone.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]), 0];
