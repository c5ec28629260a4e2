import type { Bootstrap } from './bootstrap.js';
import { readBootstrap } from './bootstrap.js';
import { createRegistry, type Registry } from './registry.js';
import { type RegistryAnswer, readRegistryAnswer } from './registry-answer.js';
import unofficialServices from './unofficial.json' with { type: 'json' };

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
 * Creates a look-up that asks the registry of each name. It does not ask again about the last 1,000 names.
 *
 * @param loadBootstrap is called once, at the first look-up.
 * @param longestWait milliseconds that one name may wait for a registry that limits requests.
 */
export function createLookUp(loadBootstrap: () => Promise<Bootstrap>, longestWait: number): LookUp {
  const unofficial = readBootstrap(unofficialServices);
  const registries = new Map<string, Registry>();
  const cache = new Map<string, Promise<LookUpResult>>();
  let bootstrap: Promise<Bootstrap> | undefined;

  const registryAt = (origin: string): Registry => {
    const registry = registries.get(origin) ?? createRegistry(longestWait);
    registries.set(origin, registry);
    return registry;
  };

  const lookUp: LookUp = async (name) => {
    bootstrap ??= loadBootstrap();
    const officialUrls = (await bootstrap).find(name);
    const baseUrls = officialUrls ?? unofficial?.find(name) ?? [];
    let result: LookUpResult = {
      failure: `no RDAP service is known for .${name.slice(name.indexOf('.') + 1)}`,
    };
    for (const baseUrl of baseUrls) {
      const { href: url, origin } = new URL(`${baseUrl.replace(/\/?$/, '/')}domain/${name}`);
      const answer = readRegistryAnswer(await registryAt(origin).get(url), name);
      result = { ...answer, url, official: officialUrls !== undefined };
      if (!('failure' in answer)) break;
    }
    return result;
  };

  return (name) => {
    const cached = cache.get(name);
    if (cached) return cached;
    const [oldest] = cache.size >= maximumCachedResults ? cache.keys() : [];
    if (oldest !== undefined) cache.delete(oldest);
    const result = lookUp(name);
    cache.set(name, result);
    return result;
  };
}
