import { writeName } from './name.js';
import { writeUint16 } from './octets.js';
import { type RecordType, recordTypes } from './record-types.js';

/** A question for the records that one name has of one type, in class IN. */
export interface Question {
  /** A valid name in ASCII form, lower-case, without a trailing dot; '' is the root. */
  readonly name: string;
  readonly type: RecordType;
}

/** Length of a message's header in octets (RFC 1035 section 4.1.1). */
export const headerLength = 12;

/** Length in octets of the query that asks a question. */
export const queryLength = ({ name }: Question): number =>
  headerLength + (name === '' ? 1 : name.length + 2) + 4;

/**
 * Writes a query for one question into a buffer that has room for it: recursion desired, no EDNS (RFC 1035 section 4.1).
 *
 * @param start offset of the query in the buffer.
 * @param id message id, 0 to 65535.
 * @returns the offset after the query.
 */
export function writeQuery(buffer: Buffer, start: number, id: number, { name, type }: Question): number {
  writeUint16(buffer, start, id);
  writeUint16(buffer, start + 2, 0x0100);
  writeUint16(buffer, start + 4, 1);
  for (let offset = start + 6; offset < start + headerLength; offset += 2) writeUint16(buffer, offset, 0);
  const end = writeName(buffer, start + headerLength, name);
  writeUint16(buffer, end, recordTypes[type]);
  return writeUint16(buffer, end + 2, 1);
}

/** Encodes a query in a new buffer; see `writeQuery`. */
export function encodeQuery(id: number, question: Question): Buffer {
  const query = Buffer.allocUnsafe(queryLength(question));
  writeQuery(query, 0, id, question);
  return query;
}
