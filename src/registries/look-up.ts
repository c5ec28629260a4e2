import { createDas } from './das/das.js';
import { type DasService, dasServices } from './das/services.js';
import { createDirectory, type Directory } from './directory.js';
import type { Bootstrap } from './rdap/bootstrap.js';
import { createRegistries } from './rdap/registries.js';
import type { RegistryAnswer } from './registry-answer.js';
import { createServers, type Servers } from './servers/servers.js';

/** The registry's answer about a name, and where the answer comes from. */
export type LookUpResult = RegistryAnswer & {
  /** The URL that was asked last, if any. */
  readonly url?: string;
  /** Whether IANA or the registry itself names the server; undefined if none was asked. */
  readonly official?: boolean;
};

/** Looks up the registration of a registrable name in its ASCII form. */
export type LookUp = (name: string) => Promise<LookUpResult>;

/** Maximum number of results that are kept, because many names may belong to one registrable name. */
const maximumCachedResults = 1000;

/**
 * Creates a look-up that asks the registry of each name. It does not ask again about the last 1,000 names, unless
 * it got no answer.
 *
 * @param loadBootstrap is called once, at the first look-up.
 * @param longestWait milliseconds that one name may wait for its registry, from its first request on.
 * @param servers the servers of the registries.
 * @param services the domain availability services, by suffix.
 */
export function createLookUp(
  loadBootstrap: () => Promise<Bootstrap>,
  longestWait: number,
  servers: Servers = createServers(longestWait),
  services: Readonly<Record<string, DasService>> = dasServices,
): LookUp {
  const registries = createRegistries(longestWait, servers);
  const askDas = createDas(longestWait, servers);
  const cache = new Map<string, Promise<LookUpResult>>();
  let directory: Promise<Directory> | undefined;

  const lookUp: LookUp = async (name) => {
    directory ??= loadBootstrap().then((bootstrap) => createDirectory(bootstrap, services));
    const suffix = name.slice(name.indexOf('.') + 1);
    const listing = (await directory).find(suffix);
    if (listing === undefined) return { failure: `no RDAP service is known for .${suffix}` };
    if ('service' in listing) return { ...(await askDas(listing.service, name)), official: true };
    return { ...(await registries.ask(listing.urls, name)), official: listing.official };
  };

  return (name) => {
    const cached = cache.get(name);
    if (cached) return cached;
    const [oldest] = cache.size >= maximumCachedResults ? cache.keys() : [];
    if (oldest !== undefined) cache.delete(oldest);
    const result = lookUp(name).then((found) => {
      if ('failure' in found && cache.get(name) === result) cache.delete(name);
      return found;
    });
    cache.set(name, result);
    return result;
  };
}
