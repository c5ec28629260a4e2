/**
 * Unsigned integers in a message, most significant octet first (RFC 1035 section 2.3.2). They are read and written octet
 * by octet because Buffer's own methods cost several times as much here.
 */

/** Thrown when a message is malformed. It is one shared object, by which `decodeReply` recognizes it. */
export const unreadable = new RangeError('not a DNS message');

/**
 * Reads the octet at an offset.
 *
 * @throws `unreadable` if the offset is past the end.
 */
export function byteAt(buffer: Uint8Array, offset: number): number {
  const byte = buffer[offset];
  if (byte === undefined) throw unreadable;
  return byte;
}

/**
 * Reads a 16-bit integer at an offset.
 *
 * @throws `unreadable` if it extends past the end.
 */
export const uint16At = (buffer: Uint8Array, offset: number): number =>
  (byteAt(buffer, offset) << 8) | byteAt(buffer, offset + 1);

/**
 * Writes a 16-bit integer into a buffer that has room for it.
 *
 * @returns the offset after it.
 */
export function writeUint16(buffer: Uint8Array, offset: number, value: number): number {
  buffer[offset] = value >> 8;
  buffer[offset + 1] = value;
  return offset + 2;
}
