import fc from 'fast-check';

/** A name and all that is true of it. */
export interface Known {
  readonly name: string;
  readonly status: 'live' | 'taken' | 'absent';
  readonly address?: string;
  /** Its record, as it stands in a zone's file behind the name. */
  readonly record?: string;
}

/** What the zone has of a name; each address is one name's own, so that answers that change places show. */
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

/** Generates up to 65,000 names in `dev`, the same ones from the same seed. */
export function generateNames(count: number, seed: number): Known[] {
  const sample = fc.sample(fc.constantFrom(...kinds), { seed, numRuns: count });
  return sample.map((kind, index) => ({ name: `name-${index}.dev`, ...kind(index) }));
}

/** The zone `dev` that has these names, in master file format (RFC 1035 section 5). */
export const zoneOf = (names: readonly Known[]): string => `
$ORIGIN dev.
$TTL 60
@   SOA  ns hostmaster 1 3600 600 86400 60
@   NS   ns
ns  A    127.0.0.1
${names.flatMap(({ name, record }) => (record === undefined ? [] : [`${name}. ${record}`])).join('\n')}
`;

/** What a run printed, held against the truth; of all that is amiss the first few. */
export interface Checked {
  /** Names that did not come out. */
  readonly lost: readonly string[];
  /** Lines too many: of names that came out before, or were not asked for. */
  readonly extra: readonly string[];
  /** Lines that are not true of their names. */
  readonly wrong: readonly string[];
  /** The schemes of the servers that the names' answers came from, sorted. */
  readonly schemes: readonly string[];
}

/**
 * @param output in the format `json`.
 * @throws SyntaxError where a line is none.
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
  return { lost: few([...left.keys()]), extra: few(extra), wrong: few(wrong), schemes: [...schemes].sort() };
}

/** As many as anybody reads. */
const few = (lines: readonly string[]) => lines.slice(0, 10);
