import { hasEscape } from './escape.js';
import { headerLength } from './query.js';

/**
 * Puts letters of a query's question into capitals, so that a forger has to guess more than the id
 * (draft-vixie-dnsext-dns0x20). Names with escaped octets are left alone.
 *
 * @param name the name of the question, in lower case.
 * @param bits 16 random bits: each is for one letter, and then again for the sixteenth after it.
 * @returns whether there are capitals now.
 */
export function mixCase(query: Uint8Array, name: string, bits: number): boolean {
  if (hasEscape(name)) return false;
  let hasCapitals = false;
  for (let index = 0; index < name.length; index++) {
    if (!isCapital(name, index, bits)) continue;
    query[headerLength + 1 + index] = name.charCodeAt(index) - 0x20;
    hasCapitals = true;
  }
  return hasCapitals;
}

/** Whether the question of a reply has its letters in the case that `mixCase` gives them. */
export function hasMixedCase(reply: Uint8Array, name: string, bits: number): boolean {
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    const expected = isCapital(name, index, bits) ? code - 0x20 : code;
    // The octets between the labels are their lengths.
    if (code !== 0x2e && reply[headerLength + 1 + index] !== expected) return false;
  }
  return true;
}

function isCapital(name: string, index: number, bits: number): boolean {
  const code = name.charCodeAt(index);
  return code >= 0x61 && code <= 0x7a && ((bits >> (index & 15)) & 1) === 1;
}
