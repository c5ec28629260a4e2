/**
 * The hash FNV-1a of 32 bits (isthe.com/chongo/tech/comp/fnv), over the text's UTF-16 code units; for ASCII, these are its
 * octets.
 *
 * @returns a signed 32-bit number.
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}
