/**
 * Escapes in the text form of a name (RFC 1035 section 5.1): a printable character other than a letter, a digit, a
 * hyphen or an underscore is written as `\X`, any other octet as `\DDD`.
 */

/** The text form of one octet of a label, in lower case. */
export function escapeOctet(octet: number): string {
  const character = String.fromCharCode(octet);
  if (/[a-z0-9_-]/.test(character)) return character;
  if (/[A-Z]/.test(character)) return character.toLowerCase();
  if (/[!-~]/.test(character)) return `\\${character}`;
  return `\\${String(octet).padStart(3, '0')}`;
}

/** Whether a name in text form has an escape. */
export const hasEscape = (name: string): boolean => name.includes('\\');

/** A dot between labels, an escape of digits, or a character, which may be escaped. */
const parts = /(\.)|\\(\d{3})|\\?(.)/gs;

/**
 * Encodes a name that has escapes (RFC 1035 section 3.1). Each escape becomes one octet.
 *
 * @param name a valid name as `readName` returns it.
 * @returns the name as a message has it, uncompressed.
 */
export function encodeEscaped(name: string): Uint8Array {
  const octets = [0];
  let lengthOffset = 0;
  for (const [, dot, digits, character = ''] of name.matchAll(parts)) {
    if (dot !== undefined) {
      lengthOffset = octets.push(0) - 1;
    } else {
      octets.push(digits === undefined ? character.charCodeAt(0) : Number(digits));
      octets[lengthOffset] = octets.length - lengthOffset - 1;
    }
  }
  octets.push(0);
  return Uint8Array.from(octets);
}
