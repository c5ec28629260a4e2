import { nameLength, writeName } from './name.js';
import { writeUint16 } from './octets.js';
import { type RecordType, recordTypes } from './record-types.js';

/** A question for the records that one name has of one type, in class IN. */
export interface Question {
  /** A valid name in ASCII form, lower-case, without a trailing dot; '' is the root. */
  readonly name: string;
  readonly type: RecordType;
  /** By default, recursion is desired, answers are checked, and there is no EDNS. */
  readonly flags?: QueryFlags | undefined;
}

/** How a query differs from the ordinary one. */
export interface QueryFlags {
  /**
   * The zone that the server serves: recursion is not desired, so the server answers only from what it knows itself
   * (RFC 1035 section 4.1.1). Empty for the root.
   */
  readonly zone?: string;
  /** Whether to use EDNS (RFC 6891), so that the server can explain an error (RFC 8914). */
  readonly hasEdns?: true;
  /** Whether to ask for the records of DNSSEC, such as NSEC: the DO bit, which takes EDNS (RFC 4035 section 3.2.1). */
  readonly wantsDnssec?: true;
  /** Whether the server must not check signatures (RFC 4035 section 3.2.2). */
  readonly isCheckingDisabled?: true;
}

/** Length of a message's header in octets (RFC 1035 section 4.1.1). */
export const headerLength = 12;

/** Offset in a message of the first record, which follows the question. */
export const questionEnd = ({ name }: Question): number => headerLength + nameLength(name) + 4;

/**
 * Octets of the OPT record: the root, type, UDP payload size, extended code and flags, and no options (RFC 6891 section
 * 6.1.2).
 */
const optLength = 11;
/** The largest datagram that is not fragmented on common networks, in octets. */
const payloadSize = 1232;

/** Length in octets of the query that asks a question. */
export const queryLength = (question: Question): number =>
  questionEnd(question) + (usesEdns(question) ? optLength : 0);

/** Whether a query has an OPT record, so that its reply may have one (RFC 6891 section 7). */
export const usesEdns = ({ flags }: Question): boolean =>
  flags?.hasEdns === true || flags?.wantsDnssec === true;

const flagBits = ({ zone, isCheckingDisabled }: QueryFlags): number =>
  (zone === undefined ? recursionDesired : 0) | (isCheckingDisabled ? 0x0010 : 0);
const recursionDesired = 0x0100;

/**
 * Writes a query for one question into a buffer that has room for it (RFC 1035 section 4.1).
 *
 * @param start offset of the query in the buffer.
 * @param id message id, 0 to 65535.
 * @returns the offset after the query.
 */
export function writeQuery(buffer: Buffer, start: number, id: number, question: Question): number {
  const { name, type, flags } = question;
  writeUint16(buffer, start, id);
  writeUint16(buffer, start + 2, flags === undefined ? recursionDesired : flagBits(flags));
  writeUint16(buffer, start + 4, 1);
  for (let offset = start + 6; offset < start + headerLength; offset += 2) writeUint16(buffer, offset, 0);
  const end = writeName(buffer, start + headerLength, name);
  writeUint16(buffer, end, recordTypes[type]);
  const afterQuestion = writeUint16(buffer, end + 2, 1);
  if (!usesEdns(question)) return afterQuestion;
  return writeOpt(buffer, start, afterQuestion, flags?.wantsDnssec ? dnssecOk : 0);
}

/** The DO bit among the flags of an OPT record (RFC 3225 section 3). */
const dnssecOk = 0x8000;

/** Appends an OPT record to a query, and counts it in the header. */
function writeOpt(buffer: Buffer, queryStart: number, start: number, flags: number): number {
  writeUint16(buffer, queryStart + 10, 1);
  buffer[start] = 0;
  writeUint16(buffer, start + 1, recordTypes.OPT);
  writeUint16(buffer, start + 3, payloadSize);
  buffer.fill(0, start + 5, start + optLength);
  writeUint16(buffer, start + 7, flags);
  return start + optLength;
}

/** Encodes a query in a new buffer; see `writeQuery`. */
export function encodeQuery(id: number, question: Question): Buffer {
  const query = Buffer.allocUnsafe(queryLength(question));
  writeQuery(query, 0, id, question);
  return query;
}
