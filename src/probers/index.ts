import { openUpstreams, type UpstreamsOptions } from '../dns/resolver/upstreams.js';
import type { Server } from '../dns/transport/index.js';
import { type Platform, systemPlatform } from '../dns/transport/platform.js';
import { openProber, type Prober, type ProberOptions } from '../probe/prober.js';
import { isResolver, type ServerChoice } from '../servers/server-choice.js';
import { systemServers } from '../servers/system-servers.js';
import { openAuthority } from './authority.js';
import { withReservedNames } from './reserved-names.js';
import { withSales } from './sales.js';
import { openWithAuthority } from './with-authority.js';

/** How a prober asks the servers that a user has chosen. */
export interface ChosenProberOptions
  extends Omit<ProberOptions, 'servers' | 'zone' | 'upstreams' | 'authority' | 'isAuthorityChosen'>,
    Omit<UpstreamsOptions, 'platform'> {
  readonly servers: readonly ServerChoice[];
  /** Time, chance and sockets; by default those of the system. */
  readonly platform?: Platform | undefined;
  /** Whether the servers of a name's suffix are asked if the chosen ones fail; false by default. */
  readonly asksAuthorityAfterFailure?: boolean | undefined;
  /** Whether offers to sell names that exist are asked for; false by default. */
  readonly forSale?: boolean | undefined;
}

/** Opens a prober that asks the chosen servers, and the authority if that is one of them. */
export function openChosenProber(options: ChosenProberOptions): Prober {
  const { servers, forSale, platform = systemPlatform } = options;
  const resolvers = servers.filter(isResolver);
  const upstreams = openUpstreams({ ...options, platform });
  const known = { ...options, upstreams, servers: resolvers.length > 0 ? resolvers : systemServers() };
  const plain = withReservedNames(openWithoutSales(options, resolvers, known));
  const prober = forSale ? withSales(plain, known) : plain;
  return {
    ...prober,
    close() {
      prober.close();
      upstreams.close();
    },
  };
}

/** @param known the resolvers that are asked for the name servers of suffixes. */
function openWithoutSales(
  options: ChosenProberOptions,
  resolvers: readonly Server[],
  known: ProberOptions,
): Prober {
  const isAuthorityChosen = resolvers.length < options.servers.length;
  if (resolvers.length === 0) return openAuthority(known);
  if (!isAuthorityChosen && !options.asksAuthorityAfterFailure) return openProber(known);
  return openWithAuthority({ ...known, isAuthorityChosen }, () => openAuthority(known));
}
