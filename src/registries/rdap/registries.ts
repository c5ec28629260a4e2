import { describeStatus, type HttpResult, isTransient } from '../../util/http.js';
import { createServers, type Located, type Servers } from '../client/servers.js';
import type { KnownAnswer, RegistryAnswer } from '../registry-answer.js';
import { isHelp, readRdapAnswer } from './rdap-answer.js';

/** The registries that are asked over RDAP, by the URLs of their servers. */
export interface Registries {
  /**
   * Asks the servers of a registry about a name, one after the other, until one answers. After a transient failure they
   * are asked again, until the time for the name has run out.
   *
   * @param baseUrls at least one URL.
   * @param name in its ASCII form.
   */
  ask(baseUrls: readonly string[], name: string): Promise<Located<RegistryAnswer>>;
}

/**
 * @param longestWait milliseconds that one name may wait for its registry, from its first request on.
 * @param servers the servers to ask.
 */
export function createRegistries(
  longestWait: number,
  { get }: Servers = createServers(longestWait),
): Registries {
  /** The base URLs at which a server has shown that it speaks RDAP. */
  const speaking = new Set<string>();
  const helpQueries = new Map<string, Promise<void>>();

  const askForHelp = async (base: string, deadline: number): Promise<void> => {
    const found = await get(
      [`${base}help`],
      async (result) => {
        if ('failure' in result) return result.failure;
        if (isTransient(result)) return describeStatus(result);
        return { isRdap: isHelp(result) && baseOf(result.url, 'help') === base };
      },
      { end: deadline },
    );
    // A server that only has trouble is asked again for the next name.
    if ('failure' in found) helpQueries.delete(base);
    else if (found.isRdap) speaking.add(base);
  };

  /** Whether the server at a base URL has shown in this run that it speaks RDAP. Asks it for help if need be. */
  const speaksRdap = async (base: string, deadline: number): Promise<boolean> => {
    if (speaking.has(base)) return true;
    const query = helpQueries.get(base) ?? askForHelp(base, deadline);
    helpQueries.set(base, query);
    await query;
    return speaking.has(base);
  };

  const read = async (result: HttpResult, name: string, deadline: number): Promise<KnownAnswer | string> => {
    const answer = readRdapAnswer(result, name);
    if (answer && 'failure' in answer) return answer.failure;
    if ('failure' in result) return result.failure;
    const base = baseOf(result.url, `domain/${name}`);
    if (answer?.registered && base !== undefined) speaking.add(base);
    if (answer) return answer;
    return base !== undefined && (await speaksRdap(base, deadline))
      ? { registered: false }
      : `${describeStatus(result)}, which has not shown that it speaks RDAP`;
  };

  return {
    ask: (baseUrls, name) =>
      get(
        baseUrls.map((base) => new URL(`${base.replace(/\/?$/, '/')}domain/${name}`).href),
        (result, deadline) => read(result, name, deadline),
      ),
  };
}

/** Returns the base URL of a server (RFC 9082 section 3), if the URL is that of this path below one. */
function baseOf(url: string, path: string): string | undefined {
  const { origin, pathname } = new URL(url);
  const end = `/${path}`;
  return pathname.toLowerCase().endsWith(end)
    ? origin + pathname.slice(0, pathname.length - end.length + 1)
    : undefined;
}
