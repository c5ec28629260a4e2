/** Where all names of the benchmark are. */
export const suffix = 'dev';

// An odd factor makes the step from index to value a bijection of 32-bit numbers, so that no name comes twice.
const factor = 0x9e3779b1;
const offset = 0x2545f491;
const inverseFactor = inverseOf(factor);

/** The labels' common start: two letters, so that the label has nine. */
const start = 'bd';
const labelLength = 9;

/** The name with this index (0 and up, below 2^32): a label of nine letters and digits that looks random. */
export function nameAt(index: number): string {
  const value = (Math.imul(index, factor) + offset) >>> 0;
  return `${start}${value.toString(36).padStart(labelLength - start.length, '0')}.${suffix}`;
}

/** The index of a name; undefined where it is none of `nameAt`. */
export function indexOf(name: string): number | undefined {
  const value = Number.parseInt(name.slice(start.length, labelLength), 36);
  const index = Math.imul(value - offset, inverseFactor) >>> 0;
  return nameAt(index) === name ? index : undefined;
}

/** Whether a label has an address: half of the names do, and nothing that is longer or shorter. */
export function isLive(label: string): boolean {
  if (label.length !== labelLength) return false;
  const value = Number.parseInt(label.slice(start.length), 36);
  return Math.imul(value ^ (value >>> 15), 0x85ebca6b) >>> 31 === 1;
}

/** The first `count` names as lines of a file, in pieces. */
export function* lines(count: number, end = '\n'): Generator<string> {
  const atOnce = 10_000;
  for (let first = 0; first < count; first += atOnce) {
    const length = Math.min(atOnce, count - first);
    yield Array.from({ length }, (_, index) => nameAt(first + index) + end).join('');
  }
}

/** A zone in master file format (RFC 1035 section 5) with the live ones among the first `count` names. */
export function* zone(count: number): Generator<string> {
  yield `$ORIGIN ${suffix}.\n$TTL 3600\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n`;
  for (let index = 0; index < count; index++) {
    const [label = ''] = nameAt(index).split('.');
    if (isLive(label)) yield `${label} A 192.0.2.1\n`;
  }
}

/** Newton's iteration: each step doubles the number of right bits, of which three are right to begin with. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 4; step++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
