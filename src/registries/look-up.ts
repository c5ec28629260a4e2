import type { Client } from './client/client.js';
import { createDas } from './das/das.js';
import type { Directory, Listing } from './directory.js';
import { createRdap } from './rdap/rdap.js';
import type { LookUpOptions, RegistryAnswer } from './registry-answer.js';
import { webPageOf } from './web-pages.js';
import { createWhois } from './whois/whois.js';

/** The registry's answer about a name, and where the answer comes from. */
export type LookUpResult = RegistryAnswer & {
  /** The URL that was asked last, if any. */
  readonly url?: string | undefined;
  /** Whether IANA or the registry itself names the server; undefined if none was asked. */
  readonly official?: boolean | undefined;
};

/** Looks up the registration of a registrable name in its ASCII form. */
export type LookUp = (name: string, options?: LookUpOptions) => Promise<LookUpResult>;

/** Whether a registry is asked so that nobody on the way sees the name. */
const isEncrypted = (listing: Listing): boolean =>
  'urls' in listing && listing.urls.every((url) => /^https:/i.test(url));

/** Says that nobody is known who could be asked, and where a person can look. */
function nobody(suffix: string): string {
  const page = webPageOf(suffix);
  return `no service is known for .${suffix}${page === undefined ? '' : `: see ${page}`}`;
}

/** Results are kept because many names may be below one registrable name. */
const maximumCachedResults = 1000;

/**
 * Creates a look-up that asks the registry of each name. It does not ask again about the last 1,000 names, unless
 * it got no answer.
 *
 * @param loadDirectory is called once, at the first look-up.
 * @param client asks the servers of the registries.
 * @param isPrivate whether registries are asked only over HTTPS.
 */
export function createLookUp(
  loadDirectory: () => Promise<Directory>,
  client: Client,
  isPrivate = false,
): LookUp {
  const askRdap = createRdap(client);
  const askDas = createDas(client);
  const askWhois = createWhois(client);
  const cache = new Map<string, Promise<LookUpResult>>();
  let directory: Promise<Directory> | undefined;

  const lookUp: LookUp = async (name, options) => {
    directory ??= loadDirectory();
    const suffix = name.slice(name.indexOf('.') + 1);
    const listing = (await directory).find(suffix, isPrivate);
    if (listing === undefined) return { failure: nobody(suffix) };
    if (isPrivate && !isEncrypted(listing))
      return { failure: `the registry of .${suffix} is asked in plain text` };
    if ('whois' in listing) return { ...(await askWhois(listing.whois, name, options)), official: true };
    if ('service' in listing) return { ...(await askDas(listing.service, name, options)), official: true };
    return { ...(await askRdap(listing.urls, name, options)), official: listing.official };
  };

  return (name, options) => {
    const cached = cache.get(name);
    if (cached) return cached;
    const [oldest] = cache.size >= maximumCachedResults ? cache.keys() : [];
    if (oldest !== undefined) cache.delete(oldest);
    const result = lookUp(name, options).then((found) => {
      if ('failure' in found && cache.get(name) === result) cache.delete(name);
      return found;
    });
    cache.set(name, result);
    return result;
  };
}
