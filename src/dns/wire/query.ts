import { writeName } from './name.js';
import { writeUint16 } from './octets.js';
import { type RecordType, recordTypes } from './record-types.js';

/** What is asked: the records of one type that one name has. */
export interface Question {
  /** A checked name in its ASCII form, lower-case, without a dot at its end; '' is the root. */
  readonly name: string;
  readonly type: RecordType;
}

/** Octets of a message before its question (RFC 1035 section 4.1.1). */
export const headerLength = 12;

/** Octets of the message that asks a question. */
export const queryLength = ({ name }: Question): number =>
  headerLength + (name === '' ? 1 : name.length + 2) + 4;

/**
 * Writes the message that asks one question of class IN with recursion desired (RFC 1035 section 4.1), without
 * EDNS, at an offset of a buffer that has room for it.
 *
 * @param id 0 to 65535.
 * @returns the offset behind it.
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

/** The message by itself; see `writeQuery`. */
export function encodeQuery(id: number, question: Question): Buffer {
  const query = Buffer.allocUnsafe(queryLength(question));
  writeQuery(query, 0, id, question);
  return query;
}
