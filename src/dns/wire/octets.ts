/**
 * Unsigned integers in a message, most significant octet first (RFC 1035 section 2.3.2). They are read and written
 * octet by octet because Buffer's own methods take several times as long here.
 */

/** The error thrown if a message is malformed: always this one object, so that `decodeReply` can recognize it. */
export const malformedMessage = new RangeError('not a DNS message');

/**
 * Reads the octet at an offset.
 *
 * @throws `malformedMessage` if the offset is past the end of the buffer.
 */
export function octetAt(buffer: Uint8Array, offset: number): number {
  const octet = buffer[offset];
  if (octet === undefined) throw malformedMessage;
  return octet;
}

/**
 * Reads a 16-bit integer at an offset.
 *
 * @throws `malformedMessage` if the integer extends past the end of the buffer.
 */
export const uint16At = (buffer: Uint8Array, offset: number): number =>
  (octetAt(buffer, offset) << 8) | octetAt(buffer, offset + 1);

/**
 * Writes a 16-bit integer into a buffer that has room for it.
 *
 * @returns the offset after the integer.
 */
export function writeUint16(buffer: Uint8Array, offset: number, value: number): number {
  buffer[offset] = value >> 8;
  buffer[offset + 1] = value;
  return offset + 2;
}
