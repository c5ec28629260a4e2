import { skipName } from './name.js';
import { malformedMessage, octetAt } from './octets.js';

/** The existence of a name, as the NSEC record at it shows. */
export type Occurrence =
  /** The name does not exist: the bit of NXNAME is set (RFC 9824 section 3.1). */
  | 'nonexistent'
  /** It has records. */
  | 'records'
  /** It has no records but those of DNSSEC, and may not exist: the record says so less clearly. */
  | 'empty';

/** The type that marks a name as nonexistent (RFC 9824 section 2), and those that any name with an NSEC record has. */
const nonexistent = 128;
const ofDnssec: ReadonlySet<number> = new Set([46, 47]);

/**
 * Reads what the NSEC record at a name shows.
 *
 * @param start offset in the message of the first octet of the data of the record.
 * @param end offset after the data.
 * @throws `malformedMessage` if the data is cut off.
 */
export function readOccurrence(message: Uint8Array, start: number, end: number): Occurrence {
  const types = readTypes(message, skipName(message, start), end);
  if (types.includes(nonexistent)) return 'nonexistent';
  return types.every((type) => ofDnssec.has(type)) ? 'empty' : 'records';
}

/**
 * Reads type bit maps (RFC 4034 section 4.1.2): blocks of a window number, a length from 1 to 32, and that many octets with a bit
 * for each type.
 */
function readTypes(message: Uint8Array, start: number, end: number): number[] {
  const types: number[] = [];
  for (let offset = start; offset < end; ) {
    const window = octetAt(message, offset);
    const length = octetAt(message, offset + 1);
    const bitsStart = offset + 2;
    offset = bitsStart + length;
    if (length < 1 || length > 32 || offset > end) throw malformedMessage;
    for (let bit = 0; bit < length * 8; bit++)
      if ((octetAt(message, bitsStart + (bit >> 3)) & (0x80 >> (bit & 7))) !== 0)
        types.push(window * 256 + bit);
  }
  return types;
}
