/**
 * Labels that every registry of a generic top-level domain has to keep back (ICANN, Registry Agreement, Specification 5, sections
 * 1 and 3).
 */
const withheldLabels = new Set(['example', 'nic', 'www', 'rdds', 'whois']);

/** Top-level domains of more than two letters that are not generic: their registries have no such agreement. */
const notGeneric = new Set(['arpa', 'edu', 'gov', 'int', 'mil']);

/**
 * Generic top-level domains in which labels of one character are reserved: IANA has kept back nearly all of them since 1993, and
 * those of `.name` by Appendix 6 of its registry agreement (2012-12).
 */
const withoutSingleCharacters = new Set(['com', 'net', 'org', 'name']);

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
  const [label = '', ...suffix] = name.split('.');
  return isWithheld(label, suffix.join('.')) ? ['may be reserved'] : [];
}

/**
 * Whether a rule that is known makes registries withhold a label. Labels of two characters are withheld in generic top-level domains
 * until they are released (Specification 5, section 2). Countries have rules of their own.
 */
function isWithheld(label: string, suffix: string): boolean {
  const isGeneric = /^[a-z]{3,}$/.test(suffix) && !notGeneric.has(suffix);
  if (!isGeneric) return false;
  if (label.length === 1) return withoutSingleCharacters.has(suffix);
  return label.length === 2 || withheldLabels.has(label);
}
