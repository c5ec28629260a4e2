import { describeStatus, type HttpResponse, isTransient } from '../../util/http.js';
import type { Client, Located } from '../client/client.js';
import type { LookUpOptions, RegistryAnswer } from '../registry-answer.js';
import { isHelp, readRdapAnswer, wordsAboutName } from './rdap-answer.js';

/**
 * Asks the RDAP servers of a registry about a name, one after the other, until one answers. After a transient failure they
 * are asked again, until the time for the name has run out.
 *
 * @param baseUrls at least one URL.
 * @param name in its ASCII form.
 */
export type AskRdap = (
  baseUrls: readonly string[],
  name: string,
  options?: LookUpOptions,
) => Promise<Located<RegistryAnswer>>;

/** Creates a client of RDAP servers. */
export function createRdap({ get }: Client): AskRdap {
  /** The base URLs at which a server has shown that it speaks RDAP. */
  const speaking = new Set<string>();
  const helpQueries = new Map<string, Promise<void>>();

  const askForHelp = async (base: string, deadline: number): Promise<void> => {
    const found = await get(
      [urlBelow(base, 'help')],
      async (response) =>
        isTransient(response)
          ? { failure: describeStatus(response) }
          : { isRdap: isHelp(response) && baseOf(response.url, 'help') === base },
      { end: deadline, access },
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

  const readAnswer = async (
    response: HttpResponse,
    name: string,
    deadline: number,
  ): Promise<RegistryAnswer> => {
    const answer = readRdapAnswer(response, name);
    if (answer && 'failure' in answer) return answer;
    const base = baseOf(response.url, `domain/${name}`);
    if (answer?.registered && base !== undefined) speaking.add(base);
    if (answer) return answer;
    return base !== undefined && (await speaksRdap(base, deadline))
      ? { registered: false }
      : { failure: `${describeStatus(response)}, which has not shown that it speaks RDAP` };
  };

  return (baseUrls, name, options) => {
    const urls = baseUrls.map((base) => urlBelow(base, `domain/${name}`));
    const read = async (response: HttpResponse, deadline: number): Promise<RegistryAnswer> => {
      const answer = await readAnswer(response, name, deadline);
      const isListed = urls.some((url) => new URL(url).host === response.host);
      return 'failure' in answer || isListed ? answer : { ...answer, redirectedTo: response.host };
    };
    return get(urls, read, { ...options, access });
  };
}

/** How RDAP servers are asked. An error that is about the name says nothing of the server. */
const access = {
  isAnswer: (response: HttpResponse): boolean => {
    const name = new URL(response.url).pathname.split('/').at(-1) ?? '';
    return wordsAboutName(response, name) !== undefined;
  },
};

/** Returns the URL of a path below a base URL (RFC 9082 section 3). A query of the base URL is kept. */
export function urlBelow(base: string, path: string): string {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/?$/, '/')}${path}`;
  url.hash = '';
  return url.href;
}

/** Returns the base URL of a server (RFC 9082 section 3), if the URL is that of this path below one. */
function baseOf(url: string, path: string): string | undefined {
  const { origin, pathname, search } = new URL(url);
  const end = `/${path}`;
  return pathname.toLowerCase().endsWith(end)
    ? origin + pathname.slice(0, pathname.length - end.length + 1) + search
    : undefined;
}
