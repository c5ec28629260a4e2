import fc from 'fast-check';

/** A name and the truth about it. */
export interface Known {
  readonly name: string;
  readonly status: 'live' | 'taken' | 'absent';
  readonly address?: string;
  /** The type and data of its record, as in a zone file. */
  readonly record?: string;
}

/** Every kind of name. No two names share an address, so that mixed-up answers are noticed. */
const kinds: readonly ((index: number) => Omit<Known, 'name'>)[] = [
  (index) => {
    const address = `198.18.${index >> 8}.${index & 0xff}`;
    return { status: 'live', address, record: `A ${address}` };
  },
  (index) => {
    const address = `2001:db8::${(index + 1).toString(16)}`;
    return { status: 'live', address, record: `AAAA ${address}` };
  },
  () => ({ status: 'taken', record: 'TXT "without an address"' }),
  () => ({ status: 'taken', record: 'CNAME nowhere' }),
  () => ({ status: 'absent' }),
];

/** Generates up to 65,000 names under `dev`; the same seed gives the same names. */
export function generateNames(count: number, seed: number): Known[] {
  const sample = fc.sample(fc.constantFrom(...kinds), { seed, numRuns: count });
  return sample.map((kind, index) => ({ name: `name-${index}.dev`, ...kind(index) }));
}

/** Writes the zone `dev` with these names, in master file format (RFC 1035 section 5). */
export const zoneOf = (names: readonly Known[]): string => `
$ORIGIN dev.
$TTL 60
@   SOA  ns hostmaster 1 3600 600 86400 60
@   NS   ns
ns  A    127.0.0.1
${names.flatMap(({ name, record }) => (record === undefined ? [] : [`${name}. ${record}`])).join('\n')}
`;

/** The faults of a run's output, at most ten of each kind. */
export interface Checked {
  /** Names without a line. */
  readonly lost: readonly string[];
  /** Lines of names that had a line before or were not asked for. */
  readonly extra: readonly string[];
  /** Lines that are not true. */
  readonly wrong: readonly string[];
  /** The schemes of the servers that gave the answers, sorted. */
  readonly schemes: readonly string[];
}

/**
 * Compares a run's output with the truth.
 *
 * @param output standard output in the format `json`.
 * @throws SyntaxError for a line that is not JSON.
 */
export function check(output: string, names: readonly Known[]): Checked {
  const left = new Map(names.map((known) => [known.name, known]));
  const extra: string[] = [];
  const wrong: string[] = [];
  const schemes = new Set<string>();
  for (const line of output.split('\n').slice(0, -1)) {
    const { name, status, addresses, server } = JSON.parse(line);
    const known = left.get(name);
    if (!left.delete(name)) extra.push(line);
    else if (status !== known?.status || String(addresses) !== (known?.address ?? '')) wrong.push(line);
    schemes.add(String(server).replace(/:\/\/.*/, ''));
  }
  return {
    lost: [...left.keys()].slice(0, 10),
    extra: extra.slice(0, 10),
    wrong: wrong.slice(0, 10),
    schemes: [...schemes].sort(),
  };
}
