import type { KnownServer, Standing } from './standing.js';
import { createSuffix, type Suffix, standingOf } from './suffix.js';

/** The suffixes of a run. */
export interface Suffixes {
  /** Returns the suffix of a name. */
  named(name: string): Suffix;
  /** Returns what is known of a server; undefined if it is not tested. */
  serverAt(url: string): KnownServer | undefined;
  /** Returns the standing of a server under a suffix; undefined if the server is not tested. */
  standingAt(suffix: Suffix, url: string): Standing | undefined;
  /** Returns the standings of those of some servers that are tested. */
  standingsAt(suffix: Suffix, urls: readonly string[]): readonly Standing[];
}

/** The most suffixes that are kept. If a long list of whole names has more, canaries are sent again for forgotten ones. */
const maximumSuffixes = 10_000;

/**
 * Creates the suffixes of a run; none is known.
 *
 * @param sending is called before a query about a suffix is sent to a server that is tested.
 */
export function createSuffixes(
  servers: readonly KnownServer[],
  sending: (standing: Standing) => void,
): Suffixes {
  const byUrl = new Map(servers.map((server) => [server.url, server]));
  const suffixes = new Map<string, Suffix>();
  let last: Suffix | undefined;

  const standingAt = (suffix: Suffix, url: string): Standing | undefined => {
    const server = byUrl.get(url);
    return server && standingOf(suffix, server);
  };

  const open = (name: string): Suffix => {
    const suffix = createSuffix(name, servers, (owner, url) => {
      const standing = standingAt(owner, url);
      if (standing) sending(standing);
    });
    const [oldest] = suffixes.size >= maximumSuffixes ? suffixes.keys() : [];
    if (oldest !== undefined) suffixes.delete(oldest);
    suffixes.set(name, suffix);
    return suffix;
  };

  return {
    named(name) {
      if (last?.name !== name) last = suffixes.get(name) ?? open(name);
      return last;
    },
    serverAt: (url) => byUrl.get(url),
    standingAt,
    standingsAt: (suffix, urls) => urls.flatMap((url) => standingAt(suffix, url) ?? []),
  };
}
