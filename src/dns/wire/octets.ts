/**
 * The numbers of a message, the highest octet first (RFC 1035 section 2.3.2). Octet by octet, as a Buffer's own methods
 * cost several times as much here.
 */

/** Thrown, and caught again by `decodeReply`, where the bytes are no DNS message. */
export const unreadable = new RangeError('not a DNS message');

/** The octet at an offset; throws `unreadable` behind the end. */
export function byteAt(buffer: Uint8Array, offset: number): number {
  const byte = buffer[offset];
  if (byte === undefined) throw unreadable;
  return byte;
}

/** The number in two octets; throws `unreadable` behind the end. */
export const uint16At = (buffer: Uint8Array, offset: number): number =>
  (byteAt(buffer, offset) << 8) | byteAt(buffer, offset + 1);

/**
 * Writes a number into two octets of a buffer that has room for it.
 *
 * @returns the offset behind it.
 */
export function writeUint16(buffer: Uint8Array, offset: number, value: number): number {
  buffer[offset] = value >> 8;
  buffer[offset + 1] = value;
  return offset + 2;
}
