/** Labels that many registries reserve. */
const reservedLabels = new Set(['example', 'nic', 'www', 'whois', 'rdap', 'localhost', 'test', 'invalid']);

/**
 * RDAP servers that are known to answer 404 about reserved names, too.
 *
 * - Google's registry, for `.dev`, `.app` and others: it looks only at registrations (github.com/google/nomulus,
 *   `RdapDomainAction`).
 */
const silentHosts = new Set(['pubapi.registry.google']);

/**
 * Says what is known about a reservation of a name that is not registered.
 *
 * @param url the URL at which its registry said so.
 */
export function reservationNotes(name: string, url: string | undefined): readonly string[] {
  if (url !== undefined && silentHosts.has(new URL(url).host))
    return ['may be reserved, which its registry does not tell'];
  const [label = ''] = name.split('.');
  return label.length <= 2 || reservedLabels.has(label) ? ['may be reserved'] : [];
}
