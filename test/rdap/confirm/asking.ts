import { blogdom, type Ended, serve } from '../../helpers/command.js';
import { honest } from '../../helpers/honest.js';
import { perform, type Script } from '../../helpers/name-server/action.js';
import { deny, type NameServer } from '../../helpers/name-server.js';
import type { Services } from '../../helpers/rdap-server/bootstrap.js';
import { confirmBy } from '../../helpers/rdap-server/registries.js';

/** A name server that does something about some names, and another thing about all others; to canaries it is honest. */
export function nameServer(
  scripts: Readonly<Record<string, Script>> = {},
  other: Script = deny,
): Promise<NameServer> {
  return serve(honest((query) => (_query, client) => perform(scripts[query.name] ?? other, query, client)));
}

/** Runs the command where these are the registries, and where the DNS has no name, or does what is said about each. */
export async function confirm(
  services: Services,
  args: readonly string[],
  dns: Script = deny,
): Promise<Ended> {
  const server = await nameServer({}, dns);
  const { args: confirming, env } = await confirmBy(services);
  return blogdom(['-s', server.address, ...confirming, ...args], { env });
}
