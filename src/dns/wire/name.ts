import { encodeEscaped, escapeOctet, hasEscape } from './escape.js';
import { malformedMessage, octetAt } from './octets.js';

/** Domain names as a message encodes them (RFC 1035 sections 3.1 and 4.1.4). */

/** Whether a name is that of a zone, or below it; both in lower case, and empty for the root. */
export const isWithin = (name: string, zone: string): boolean =>
  zone === '' || name === zone || name.endsWith(`.${zone}`);

/** Octets that a name takes in a message, uncompressed (RFC 1035 section 3.1). */
export function nameLength(name: string): number {
  if (name === '') return 1;
  return hasEscape(name) ? encodeEscaped(name).length : name.length + 2;
}

/** Octets of the longest name, including the length octets of its labels (RFC 1035 section 2.3.4). */
const maximumNameLength = 255;

/**
 * Writes a name, uncompressed, into a buffer that has room for it.
 *
 * @param start offset of the name in the buffer.
 * @param name a valid name in ASCII form, without a trailing dot; '' is the root. An octet may be escaped, as
 *   `readName` does.
 * @returns the offset after the name.
 */
export function writeName(buffer: Uint8Array, start: number, name: string): number {
  if (name === '') {
    buffer[start] = 0;
    return start + 1;
  }
  if (hasEscape(name)) {
    const octets = encodeEscaped(name);
    buffer.set(octets, start);
    return start + octets.length;
  }
  let lengthOffset = start;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    const offset = start + 1 + index;
    if (code === 0x2e) {
      buffer[lengthOffset] = offset - lengthOffset - 1;
      lengthOffset = offset;
    } else {
      buffer[offset] = code;
    }
  }
  const end = start + 1 + name.length;
  buffer[lengthOffset] = end - lengthOffset - 1;
  buffer[end] = 0;
  return end + 1;
}

/**
 * Whether a buffer contains a name, uncompressed and in any letter case, at an offset.
 *
 * @param buffer long enough to hold the name at that offset.
 * @param name a valid name in ASCII form, lower-case, without a trailing dot; '' is the root.
 */
export function isNameAt(buffer: Uint8Array, start: number, name: string): boolean {
  if (name === '') return buffer[start] === 0;
  if (hasEscape(name)) return isEqualTo(buffer, start, encodeEscaped(name));
  let lengthOffset = start;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    const offset = start + 1 + index;
    if (code === 0x2e) {
      if (buffer[lengthOffset] !== offset - lengthOffset - 1) return false;
      lengthOffset = offset;
    } else if (buffer[offset] !== code && !isUpperCaseOf(code, buffer[offset])) {
      return false;
    }
  }
  const end = start + 1 + name.length;
  return buffer[lengthOffset] === end - lengthOffset - 1 && buffer[end] === 0;
}

/** Whether a buffer contains these octets at an offset, its letters in any case. */
const isEqualTo = (buffer: Uint8Array, start: number, octets: Uint8Array): boolean =>
  octets.every((octet, index) => {
    const found = buffer[start + index];
    return found === octet || isUpperCaseOf(octet, found);
  });

const isUpperCaseOf = (code: number, octet: number | undefined): boolean =>
  code >= 0x61 && code <= 0x7a && octet === code - 0x20;

/**
 * Finds the end of the name at an offset without decoding it. A pointer ends a name and is not followed.
 *
 * @returns the offset after the name.
 * @throws `malformedMessage` if the name is cut off or contains a label of a reserved kind.
 */
export function skipName(buffer: Uint8Array, start: number): number {
  for (let offset = start; ; ) {
    const length = octetAt(buffer, offset);
    if (length === 0) return offset + 1;
    if (length >= 0xc0) {
      octetAt(buffer, offset + 1);
      return offset + 2;
    }
    if (length > 63) throw malformedMessage;
    offset += length + 1;
  }
}

/**
 * Decodes the name at an offset, following pointers.
 *
 * Unusual octets are escaped, so a server cannot send control sequences to a terminal.
 *
 * @returns the name in lower case, without a trailing dot; '' is the root.
 * @throws `malformedMessage` if the name is cut off, is too long, or contains a label of a reserved kind or a pointer
 *   that does not point backwards.
 */
export function readName(buffer: Uint8Array, start: number): string {
  const labels: string[] = [];
  let offset = start;
  let lowestStart = start;
  let nameLength = 1;
  for (;;) {
    const length = octetAt(buffer, offset);
    if (length === 0) return labels.join('.');
    if (length >= 0xc0) {
      offset = ((length & 0x3f) << 8) | octetAt(buffer, offset + 1);
      // Each pointer must lead further back than all pointers before it (section 4.1.4), so they cannot form a loop.
      if (offset >= lowestStart) throw malformedMessage;
      lowestStart = offset;
      continue;
    }
    nameLength += length + 1;
    if (length > 63 || nameLength > maximumNameLength) throw malformedMessage;
    labels.push(readLabel(buffer, offset + 1, length));
    offset += length + 1;
  }
}

function readLabel(buffer: Uint8Array, start: number, length: number): string {
  let label = '';
  for (let offset = start; offset < start + length; offset++) label += escapeOctet(octetAt(buffer, offset));
  return label;
}
