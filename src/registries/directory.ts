import { type DasService, dasServices } from './das/services.js';
import { type Bootstrap, readBuiltIn } from './rdap/bootstrap.js';
import unofficialServices from './rdap/unofficial.json' with { type: 'json' };

/** Who is asked about the names under a suffix: RDAP servers, or a domain availability service. */
export type Listing =
  | {
      /** At least one base URL. */
      readonly urls: readonly string[];
      /** Whether the bootstrap file lists them. */
      readonly official: boolean;
    }
  | { readonly service: DasService };

/** Which registry is asked about which names, and how. */
export interface Directory {
  /** All suffixes for which somebody is known, in alphabetical order. */
  readonly suffixes: readonly string[];
  /** Finds who is asked about the names directly under a suffix; undefined if nobody is known. */
  find(suffix: string): Listing | undefined;
}

/**
 * Creates a directory. RDAP servers that the bootstrap file lists go first, since they tell more; then come the services
 * that registries publish, and last the servers that nobody has published.
 *
 * @param services the domain availability services, by suffix.
 * @param unofficial the servers that nobody has published.
 */
export function createDirectory(
  bootstrap: Bootstrap,
  services: Readonly<Record<string, DasService>> = dasServices,
  unofficial: Bootstrap = readBuiltIn(unofficialServices),
): Directory {
  const suffixes = [...bootstrap.suffixes, ...Object.keys(services), ...unofficial.suffixes];
  return {
    suffixes: [...new Set(suffixes)].sort(),
    find(suffix) {
      const official = bootstrap.find(suffix);
      if (official) return { urls: official, official: true };
      const service = Object.hasOwn(services, suffix) ? services[suffix] : undefined;
      if (service) return { service };
      const others = unofficial.find(suffix);
      return others && { urls: others, official: false };
    },
  };
}
