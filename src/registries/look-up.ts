import type { Bootstrap } from './rdap/bootstrap.js';
import { readBootstrap } from './rdap/bootstrap.js';
import { createRegistries, type Registries } from './rdap/registries.js';
import type { RegistryAnswer } from './rdap/registry-answer.js';
import unofficialServices from './rdap/unofficial.json' with { type: 'json' };

/** The registry's answer about a name, and where the answer comes from. */
export type LookUpResult = RegistryAnswer & {
  /** The URL that was asked last, if any. */
  readonly url?: string;
  /** Whether IANA lists the server; undefined if none was asked. */
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
 * @param registries the registries to ask.
 */
export function createLookUp(
  loadBootstrap: () => Promise<Bootstrap>,
  longestWait: number,
  registries: Registries = createRegistries(longestWait),
): LookUp {
  const unofficial = readBootstrap(unofficialServices);
  const cache = new Map<string, Promise<LookUpResult>>();
  let bootstrap: Promise<Bootstrap> | undefined;

  const lookUp: LookUp = async (name) => {
    bootstrap ??= loadBootstrap();
    const officialUrls = (await bootstrap).find(name);
    const baseUrls = officialUrls ?? unofficial?.find(name);
    if (baseUrls === undefined)
      return { failure: `no RDAP service is known for .${name.slice(name.indexOf('.') + 1)}` };
    const found = await registries.ask(baseUrls, name);
    return { ...found, official: officialUrls !== undefined };
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
