import { readName, skipName } from './name.js';
import { malformedMessage, octetAt, uint16At } from './octets.js';
import { headerLength } from './query.js';

/** A resource record of a message (RFC 1035 section 4.1.3). */
export interface ResourceRecord {
  readonly owner: string;
  readonly type: number;
  /** Offset in the message of the first octet of the record's data. */
  readonly start: number;
  /** Offset after the record's data. */
  readonly end: number;
}

/**
 * Appends the records of class IN in one section to `records` and returns the offset after that section.
 *
 * @param name the name that was asked for.
 * @throws `malformedMessage` if a record is cut off.
 */
export function readRecords(
  message: Uint8Array,
  name: string,
  sectionStart: number,
  count: number,
  records: ResourceRecord[],
): number {
  let offset = sectionStart;
  for (let left = count; left > 0; left--) {
    const fieldsStart = skipName(message, offset);
    const start = fieldsStart + 10;
    if (start > message.length) throw malformedMessage;
    const end = start + uint16At(message, fieldsStart + 8);
    if (end > message.length) throw malformedMessage;
    if (uint16At(message, fieldsStart + 2) === 1) {
      const owner = ownerAt(message, offset, name);
      records.push({ owner, type: uint16At(message, fieldsStart), start, end });
    }
    offset = end;
  }
  return offset;
}

/**
 * Reads a record's owner, which is usually a pointer to the question's name or a parent of it and needs no decoding.
 */
function ownerAt(message: Uint8Array, offset: number, name: string): string {
  if (message[offset] === 0xc0) {
    const start = octetAt(message, offset + 1) - headerLength;
    if (start === 0) return name;
    // Offsets in the text are those in the message, unless the text has escapes.
    if (name[start - 1] === '.' && !name.includes('\\')) return name.slice(start);
  }
  return readName(message, offset);
}

/** The owner of the first record of a type. */
export const ownerOf = (type: number, records: readonly ResourceRecord[]): string | undefined =>
  records.find((record) => record.type === type)?.owner;
