import { type RecordType, recordTypes } from './record-types.js';
import { writeName } from './wire-name.js';

/** What is asked: the records of one type that one name has. */
export interface Question {
  /** A checked name in its ASCII form, lower-case, without a dot at its end; '' is the root. */
  readonly name: string;
  readonly type: RecordType;
}

/** Octets of a message before its question (RFC 1035 section 4.1.1). */
export const headerLength = 12;

/**
 * The message that asks one question of class IN with recursion desired (RFC 1035 section 4.1), without EDNS.
 *
 * @param id 0 to 65535.
 */
export function encodeQuery(id: number, question: Question): Buffer {
  const nameLength = question.name === '' ? 1 : question.name.length + 2;
  const query = Buffer.allocUnsafe(headerLength + nameLength + 4);
  query.writeUInt16BE(id, 0);
  query.writeUInt16BE(0x0100, 2);
  query.writeUInt32BE(0x00010000, 4);
  query.writeUInt32BE(0, 8);
  const end = writeName(query, headerLength, question.name);
  query.writeUInt16BE(recordTypes[question.type], end);
  query.writeUInt16BE(1, end + 2);
  return query;
}
