import { openProber as openDirectProber, type Prober, type ProberOptions } from '../probe/prober.js';
import { isResolver, type ServerChoice, systemServers } from '../probe/servers.js';
import { openAuthority } from './authority.js';
import { withSecondOpinion } from './second-opinion.js';

/** How to probe by asking the servers that a user has chosen. */
export interface ChosenProberOptions extends Omit<ProberOptions, 'servers' | 'zone' | 'openerOf'> {
  readonly servers: readonly ServerChoice[];
  /** Whether a name for which the servers fail (SERVFAIL) is asked for at the servers of its suffix; false by default. */
  readonly asksAuthorityAfterFailure?: boolean | undefined;
}

/** Opens a prober that asks the chosen servers, and the authority if that is one of them. */
export function openProber(options: ChosenProberOptions): Prober {
  const { servers, asksAuthorityAfterFailure } = options;
  const resolvers = servers.filter(isResolver);
  const isAuthorityChosen = resolvers.length < servers.length;
  const open = () =>
    openAuthority({ ...options, servers: resolvers.length > 0 ? resolvers : systemServers() });
  if (resolvers.length === 0) return open();
  const prober = openDirectProber({ ...options, servers: resolvers });
  if (!isAuthorityChosen && !asksAuthorityAfterFailure) return prober;
  return withSecondOpinion(
    prober,
    open,
    ({ status, rcode }) => status === 'unknown' && (isAuthorityChosen || rcode === 'SERVFAIL'),
  );
}
