/** The suffix of all names of the benchmark. */
export const suffix = 'dev';

// Because the factor is odd, indices map one to one to 32-bit values, and no name comes twice.
const factor = 0x9e3779b1;
const offset = 0x2545f491;
const inverseFactor = inverseOf(factor);

/** The first two of a label's nine characters; the other seven are the value in base 36. */
const prefix = 'bd';
/** The length of every label. */
export const labelLength = 9;

/** Returns the name with an index from 0 to 2^32 - 1; its label of nine letters and digits looks random. */
export function nameAt(index: number): string {
  const value = (Math.imul(index, factor) + offset) >>> 0;
  return `${prefix}${value.toString(36).padStart(labelLength - prefix.length, '0')}.${suffix}`;
}

/** Returns the index of a name, or undefined if the name does not come from `nameAt`. */
export function indexOf(name: string): number | undefined {
  const value = Number.parseInt(name.slice(prefix.length, labelLength), 36);
  const index = Math.imul(value - offset, inverseFactor) >>> 0;
  return nameAt(index) === name ? index : undefined;
}

/** Whether the name with this label has an address: about half of the names do. */
export function isLive(label: string): boolean {
  return (
    label.length === labelLength &&
    // Otherwise half of the made-up names that blogdom asks about would exist as well.
    label.startsWith(prefix) &&
    hasAddress(Number.parseInt(label.slice(prefix.length), 36))
  );
}

const hasAddress = (value: number): boolean => Math.imul(value ^ (value >>> 15), 0x85ebca6b) >>> 31 === 1;

/**
 * Whether a label, in lower case, belongs to one of the first `known` names and has an address.
 *
 * @param start offset of the label's first character.
 */
export function isKnownLive(octets: Uint8Array, start: number, known: number): boolean {
  let value = 0;
  for (let index = start + prefix.length; index < start + labelLength; index++) {
    const octet = octets[index] ?? 0;
    // Digits come before letters in ASCII.
    value = value * 36 + octet - (octet < 0x61 ? 0x30 : 0x61 - 10);
  }
  return Math.imul(value - offset, inverseFactor) >>> 0 < known && hasAddress(value);
}

/** Yields the first `count` names as lines, in pieces of up to 10,000 lines. */
export function* lines(count: number, end = '\n'): Generator<string> {
  const most = 10_000;
  for (let first = 0; first < count; first += most) {
    const length = Math.min(most, count - first);
    yield Array.from({ length }, (_, index) => nameAt(first + index) + end).join('');
  }
}

/** Yields a zone in master file format (RFC 1035 section 5) with the live names among the first `count`. */
export function* zone(count: number): Generator<string> {
  yield `$ORIGIN ${suffix}.\n$TTL 3600\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n`;
  for (let index = 0; index < count; index++) {
    const [label = ''] = nameAt(index).split('.');
    if (isLive(label)) yield `${label} A 192.0.2.1\n`;
  }
}

/** Finds the inverse modulo 2^32 by Newton's method; three bits are right at first, and each step doubles them. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 4; step++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
