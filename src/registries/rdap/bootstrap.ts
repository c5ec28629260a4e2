import { isObject } from '../../util/json.js';
import { parseUrl } from '../../util/parse-url.js';

/** The RDAP services of a bootstrap file: which server knows the registrations under which suffix (RFC 9224). */
export interface Bootstrap {
  /** The suffixes, in lower case. */
  readonly suffixes: readonly string[];
  /**
   * Finds the service of a name by the longest matching suffix, compared by whole labels (section 4).
   *
   * @returns its base URLs, only those with https if there are any; undefined if no suffix matches.
   */
  find(name: string): readonly string[] | undefined;
}

/**
 * Reads a bootstrap file. Suffixes may be in any letter case, and may begin or end with a dot.
 *
 * @param file the parsed JSON.
 * @returns undefined if it does not have the form of RFC 9224 section 3.
 */
export function readBootstrap(file: unknown): Bootstrap | undefined {
  if (!isObject(file) || file['version'] !== '1.0' || !Array.isArray(file['services'])) return undefined;
  const urlsBySuffix = new Map<string, readonly string[]>();
  for (const service of file['services']) {
    const [suffixes, urls] = Array.isArray(service) ? service : [];
    if (!isStringArray(suffixes) || !isStringArray(urls)) return undefined;
    const valid = urls.filter(isUsable);
    const secure = valid.filter((url) => /^https:/i.test(url));
    // An attacker who blocks https must not be able to answer over http.
    const usable = secure.length > 0 ? secure : valid;
    if (usable.length === 0) continue;
    for (const suffix of suffixes) urlsBySuffix.set(suffix.toLowerCase().replace(/^\.|\.$/g, ''), usable);
  }
  return {
    suffixes: [...urlsBySuffix.keys()],
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

/** Reads a bootstrap file that must have the form of RFC 9224, because blogdom carries it. */
export function readBuiltIn(file: unknown): Bootstrap {
  const bootstrap = readBootstrap(file);
  if (bootstrap) return bootstrap;
  throw new TypeError('Expected the built-in bootstrap file to have the form of RFC 9224');
}

/** Whether a URL can be asked. `fetch` refuses one with a user name or a password. */
function isUsable(url: string): boolean {
  const parsed = /^https?:\/\//i.test(url) ? parseUrl(url) : undefined;
  if (parsed === undefined) return false;
  const { username, password } = parsed;
  return username === '' && password === '';
}

const isStringArray = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
