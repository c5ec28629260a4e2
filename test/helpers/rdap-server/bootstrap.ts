/** The base URL, or several, for each suffix. */
export type Services = Readonly<Record<string, string | readonly string[]>>;

/**
 * The text of a bootstrap file (RFC 9224 section 4). Suffixes with the same URLs share an entry, as in IANA's
 * file.
 */
export function bootstrapFor(services: Services, publication = '2026-01-01T00:00:00Z'): string {
  const suffixesOf = new Map<string, { suffixes: string[]; urls: readonly string[] }>();
  for (const [suffix, value] of Object.entries(services)) {
    const urls = typeof value === 'string' ? [value] : value;
    const entry = suffixesOf.get(urls.join(' ')) ?? { suffixes: [], urls };
    suffixesOf.set(urls.join(' '), entry);
    entry.suffixes.push(suffix);
  }
  const entries = [...suffixesOf.values()].map(({ suffixes, urls }) => [suffixes, urls]);
  const description = 'RDAP bootstrap file of a test';
  return JSON.stringify({ version: '1.0', publication, description, services: entries }, undefined, 2);
}
