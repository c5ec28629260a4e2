import { defaults } from '../probe/defaults.js';
import type { Prober } from '../probe/prober.js';
import { withChangingServers } from '../probers/changing-servers.js';
import { type ChosenProberOptions, openChosenProber } from '../probers/index.js';
import type { Scope } from '../registries/confirm.js';
import { isResolver, type ServerChoice } from '../servers/server-choice.js';
import { noneConfigured, systemServers } from '../servers/system-servers.js';
import { systemClock } from '../util/clock.js';
import { readProxies } from '../util/proxies.js';
import { userFolder } from '../util/user-folders.js';
import { withConfirmation } from './confirming-prober.js';
import { environment } from './environment.js';

/** The checked options of the library. */
export interface LibraryOptions
  extends Pick<
    ChosenProberOptions,
    'asksAuthorityAfterFailure' | 'timeout' | 'tries' | 'canary' | 'forSale'
  > {
  /** The servers that the caller has chosen; undefined for those of the system. */
  readonly servers: readonly ServerChoice[] | undefined;
  /** How registries are asked; undefined if they are not. */
  readonly confirm: { readonly scope: Scope; readonly bootstrap: string | undefined } | undefined;
  /** The most names in flight. */
  readonly concurrency: number;
}

/** How a prober of the library asks. */
export type LibraryProberOptions = Omit<LibraryOptions, 'concurrency'> &
  Pick<ChosenProberOptions, 'concurrency'>;

/**
 * Opens a prober, which asks the registries as well if they are to confirm its results.
 *
 * @throws RangeError if the servers of the system are needed, and none is configured, or if a proxy in the environment is not a URL.
 */
export function openLibraryProber({ confirm, ...options }: LibraryProberOptions): Prober {
  if (confirm === undefined) return openDnsProber(options);
  const env = environment();
  const cacheFolder = userFolder(env, 'XDG_CACHE_HOME');
  const proxies = readProxies(env);
  if (proxies && 'problem' in proxies) throw new RangeError(proxies.problem);
  const prober = openDnsProber(options);
  return withConfirmation(prober, {
    ...confirm,
    cacheFolder,
    proxies,
    timeout: defaults.confirmTimeout * 1000,
  });
}

/**
 * Opens a prober. It reads the servers of the system, and reads them again while no name is answered, unless the caller has
 * chosen others. Those of the system are also asked for authoritative servers.
 *
 * @throws RangeError if the servers of the system are needed, and none is configured.
 */
function openDnsProber({ servers, ...options }: Omit<LibraryProberOptions, 'confirm'>): Prober {
  if (servers?.some(isResolver)) return openChosenProber({ ...options, servers });
  const first = systemServers();
  if (first.length === 0) throw new RangeError(`Expected \`servers\` to be set: ${noneConfigured}`);
  return withChangingServers(
    first,
    {
      read: () => systemServers(),
      open: (current) => openChosenProber({ ...options, servers: servers ?? current }),
    },
    systemClock,
  );
}
