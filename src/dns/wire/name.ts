import { byteAt, unreadable } from './octets.js';

/** Domain names in a message (RFC 1035 sections 3.1 and 4.1.4). */

const maximumNameLength = 255;

/**
 * Writes a checked ASCII name, or '' for the root, at an offset of a buffer that has room for it.
 *
 * @returns the offset behind the name.
 */
export function writeName(buffer: Uint8Array, start: number, name: string): number {
  if (name === '') {
    buffer[start] = 0;
    return start + 1;
  }
  let lengthAt = start;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    const offset = start + 1 + index;
    if (code === 0x2e) {
      buffer[lengthAt] = offset - lengthAt - 1;
      lengthAt = offset;
    } else {
      buffer[offset] = code;
    }
  }
  const end = start + 1 + name.length;
  buffer[lengthAt] = end - lengthAt - 1;
  buffer[end] = 0;
  return end + 1;
}

/**
 * Whether a checked ASCII name stands at an offset, in whatever letter case and without pointers; the buffer must
 * reach as far as the name would.
 */
export function isNameAt(buffer: Uint8Array, start: number, name: string): boolean {
  if (name === '') return buffer[start] === 0;
  let lengthAt = start;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    const offset = start + 1 + index;
    if (code === 0x2e) {
      if (buffer[lengthAt] !== offset - lengthAt - 1) return false;
      lengthAt = offset;
    } else if (buffer[offset] !== code && !isCapital(buffer[offset], code)) {
      return false;
    }
  }
  const end = start + 1 + name.length;
  return buffer[lengthAt] === end - lengthAt - 1 && buffer[end] === 0;
}

const isCapital = (byte: number | undefined, letter: number): boolean =>
  letter >= 0x61 && letter <= 0x7a && byte === letter - 0x20;

/** The offset behind the name at `offset`. */
export function skipName(buffer: Uint8Array, offset: number): number {
  for (let at = offset; ; ) {
    const length = byteAt(buffer, at);
    if (length === 0) return at + 1;
    if (length >= 0xc0) {
      byteAt(buffer, at + 1);
      return at + 2;
    }
    if (length > 63) throw unreadable;
    at += length + 1;
  }
}

/**
 * The name at `offset`, lower-case, without a dot at its end; the root is ''. Bytes that are not plain
 * characters are written as `\DDD`, dots inside a label as `\.` (RFC 1035 section 5.1), so that what a
 * server sends cannot steer a terminal.
 */
export function readName(buffer: Uint8Array, offset: number): string {
  const labels: string[] = [];
  let at = offset;
  let earliest = offset;
  let total = 1;
  for (;;) {
    const length = byteAt(buffer, at);
    if (length === 0) return labels.join('.');
    if (length >= 0xc0) {
      at = ((length & 0x3f) << 8) | byteAt(buffer, at + 1);
      // A pointer to a prior place only (section 4.1.4) means that no chain of them can go round.
      if (at >= earliest) throw unreadable;
      earliest = at;
      continue;
    }
    total += length + 1;
    if (length > 63 || total > maximumNameLength) throw unreadable;
    labels.push(readLabel(buffer, at + 1, length));
    at += length + 1;
  }
}

function readLabel(buffer: Uint8Array, start: number, length: number): string {
  let label = '';
  for (let offset = start; offset < start + length; offset++) label += labelCharacter(byteAt(buffer, offset));
  return label;
}

function labelCharacter(byte: number): string {
  const character = String.fromCharCode(byte);
  if (/[a-z0-9_-]/.test(character)) return character;
  if (/[A-Z]/.test(character)) return character.toLowerCase();
  if (/[!-~]/.test(character)) return `\\${character}`;
  return `\\${String(byte).padStart(3, '0')}`;
}
