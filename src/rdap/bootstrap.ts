/** Which RDAP server knows the registrations under which suffix (RFC 9224). */
export interface Bootstrap {
  /** The base URLs for a name, by the longest suffix that matches by whole labels (section 4): those over HTTPS where there are any. */
  find(name: string): readonly string[] | undefined;
}

/**
 * Reads a bootstrap file.
 *
 * @param file what was parsed from JSON.
 * @returns undefined where it is not in the form of RFC 9224 section 3.
 */
export function readBootstrap(file: unknown): Bootstrap | undefined {
  if (!isObject(file) || file['version'] !== '1.0' || !Array.isArray(file['services'])) return undefined;
  const urlsBySuffix = new Map<string, readonly string[]>();
  for (const service of file['services']) {
    const [suffixes, urls] = Array.isArray(service) ? service : [];
    if (!isTexts(suffixes) || !isTexts(urls)) return undefined;
    const valid = urls.filter((url) => /^https?:\/\//i.test(url) && URL.canParse(url));
    const secure = valid.filter((url) => /^https:/i.test(url));
    // Whoever breaks HTTPS shall not be believed over HTTP.
    const usable = secure.length > 0 ? secure : valid;
    if (usable.length === 0) continue;
    for (const suffix of suffixes) urlsBySuffix.set(suffix.toLowerCase(), usable);
  }
  return {
    find(name) {
      const labels = name.split('.');
      for (let first = 0; first < labels.length; first++) {
        const urls = urlsBySuffix.get(labels.slice(first).join('.'));
        if (urls) return urls;
      }
      return undefined;
    },
  };
}

/** Whether a parsed JSON value is an object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
