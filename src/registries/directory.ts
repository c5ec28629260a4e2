import { type DasService, dasServices } from './das/services.js';
import { type Bootstrap, readBuiltIn } from './rdap/bootstrap.js';
import unofficialServices from './rdap/unofficial.json' with { type: 'json' };
import type { WhoisServer } from './whois/server.js';
import { whoisServers } from './whois/servers/index.js';

/** Who is asked about the names under a suffix: RDAP servers, a domain availability service, or a WHOIS server. */
export type Listing =
  | {
      /** At least one base URL. */
      readonly urls: readonly string[];
      /** Whether the bootstrap file lists them. */
      readonly official: boolean;
    }
  | { readonly service: DasService }
  | { readonly whois: WhoisServer };

/** Which registry is asked about which names, and how. */
export interface Directory {
  /** All suffixes for which somebody is known, in alphabetical order. */
  readonly suffixes: readonly string[];
  /**
   * Finds who is asked about the names directly under a suffix; undefined if nobody is known.
   *
   * @param isPrivate whether RDAP servers that nobody has published go before services without encryption.
   */
  find(suffix: string, isPrivate?: boolean): Listing | undefined;
}

/**
 * Creates a directory. RDAP servers that the bootstrap file lists go first, since they tell more; then come the services
 * that registries publish, the RDAP servers that nobody has published, and last WHOIS servers, whose replies are for people.
 *
 * @param services the domain availability services, by suffix.
 * @param unofficial the RDAP servers that nobody has published.
 * @param whois the WHOIS servers, by suffix.
 */
export function createDirectory(
  bootstrap: Bootstrap,
  services: Readonly<Record<string, DasService>> = dasServices,
  unofficial: Bootstrap = readBuiltIn(unofficialServices),
  whois: Readonly<Record<string, WhoisServer>> = whoisServers,
): Directory {
  const suffixes = [
    ...[...bootstrap.suffixes, ...unofficial.suffixes],
    ...[...Object.keys(services), ...Object.keys(whois)],
  ];
  return {
    suffixes: [...new Set(suffixes)].sort(),
    find(suffix, isPrivate = false) {
      const official = bootstrap.find(suffix);
      if (official) return { urls: official, official: true };
      const others = unofficial.find(suffix);
      const service = Object.hasOwn(services, suffix) ? services[suffix] : undefined;
      if (service && !(isPrivate && others)) return { service };
      if (others) return { urls: others, official: false };
      const server = Object.hasOwn(whois, suffix) ? whois[suffix] : undefined;
      return server && { whois: server };
    },
  };
}
