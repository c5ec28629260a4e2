import { isKnownLive, labelLength, suffix } from './names.js';

const headerLength = 12;
/** The length of a question: the name, the suffix, the root, type and class (RFC 1035 section 4.1.2). */
const nameLength = 1 + labelLength + 1 + suffix.length + 1;

/** An address record that points to the question's name (RFC 1035 sections 4.1.3 and 4.1.4). */
const addressRecord = [0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, 192, 0, 2, 1];

const nxdomain = 3;
const typeA = 1;

/**
 * Writes the reply to a query, with its length before it (RFC 1035 section 4.2.2).
 *
 * @param start offset of the reply in the buffer.
 * @returns the offset after the reply.
 */
export function answerInto(replies: Buffer, start: number, query: Buffer, known: number): number {
  const message = start + 2;
  // Octet by octet: for so few, `copy` takes longer.
  for (let index = 0; index < query.length; index++) replies[message + index] = query[index] ?? 0;
  const isSuffix = query[headerLength] === suffix.length && query[headerLength + suffix.length + 1] === 0;
  const isName = query[headerLength] === labelLength && query[headerLength + nameLength - 1] === 0;
  const exists = isSuffix || (isName && isKnownLive(query, headerLength + 1, known));
  const hasAddress = exists && isName && query[headerLength + nameLength + 1] === typeA;
  // The flags QR, AA and RA, and the query's RD.
  replies[message + 2] = 0x84 | ((query[2] ?? 0) & 1);
  replies[message + 3] = 0x80 | (exists ? 0 : nxdomain);
  replies[message + 7] = hasAddress ? 1 : 0;
  let end = message + query.length;
  if (hasAddress) for (const octet of addressRecord) replies[end++] = octet;
  replies.writeUInt16BE(end - message, start);
  return end;
}
