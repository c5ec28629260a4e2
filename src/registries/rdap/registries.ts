import { setTimeout as sleep } from 'node:timers/promises';
import { describeStatus, type HttpResult, isTransient } from '../../util/http.js';
import { describeDuration } from '../../util/quantity.js';
import { createRegistry, isRefusal, type Registry } from './registry.js';
import { isHelp, type RegistryAnswer, readRegistryAnswer } from './registry-answer.js';

/** Something that was got, and the URL that was asked last. */
type Located<Content> = Content & { readonly url: string };

interface Failure {
  readonly failure: string;
}

type Registration = Exclude<RegistryAnswer, Failure>;

/** The registries, by the URLs of their servers. */
export interface Registries {
  /**
   * Asks the servers of a registry about a name, one after the other, until one answers. After a transient failure they
   * are asked again, until the time for the name has run out.
   *
   * @param baseUrls at least one URL.
   * @param name in its ASCII form.
   */
  ask(baseUrls: readonly string[], name: string): Promise<Located<RegistryAnswer>>;
  /** Says which registries are being waited for, to follow "waiting for"; undefined if none is. */
  waitingFor(): string | undefined;
}

/** Milliseconds before the second try; each pause is twice as long as the one before. */
const firstPause = 100;
const longestPause = 5000;

/** @param longestWait milliseconds that one name may wait for its registry, from its first request on. */
export function createRegistries(longestWait: number): Registries {
  const byOrigin = new Map<string, Registry>();
  /** The base URLs at which a server has shown that it speaks RDAP. */
  const speaking = new Set<string>();
  const helpQueries = new Map<string, Promise<void>>();

  const registryAt = (url: string): Registry => {
    const { origin } = new URL(url);
    const registry = byOrigin.get(origin) ?? createRegistry(longestWait);
    byOrigin.set(origin, registry);
    return registry;
  };

  /**
   * Gets documents, one after the other, until one is an answer. Tries again after transient failures.
   *
   * @param read reads an answer, or returns the reason why it is none.
   * @param end when the time for this name ends; if not set, it begins with the first request.
   */
  const get = async <Answer extends object>(
    urls: readonly string[],
    read: (result: HttpResult, deadline: number) => Promise<Answer | string>,
    end?: number,
  ): Promise<Located<Answer | Failure>> => {
    const [first = ''] = urls;
    let last = { failure: describeRefusal(first), url: first };
    let deadline = end;
    let remaining = urls;
    for (let tries = 0; ; tries++) {
      const toRetry: string[] = [];
      for (const [index, url] of remaining.entries()) {
        const share = 1 / (remaining.length - index);
        const { result, sentAt } = await registryAt(url).get(url, deadline, share);
        if (result === undefined) continue;
        if (sentAt !== undefined) deadline ??= sentAt + longestWait;
        const answer = isRefusal(result) ? describeRefusal(url) : await read(result, deadline ?? 0);
        if (typeof answer !== 'string') return { ...answer, url };
        last = { failure: answer, url };
        if (sentAt === undefined || !isTransient(result)) continue;
        toRetry.push(url);
      }
      const pause = pauseBefore(tries);
      if (toRetry.length === 0 || performance.now() + pause > (deadline ?? 0)) return last;
      await sleep(pause);
      remaining = toRetry;
    }
  };

  const askForHelp = async (base: string, deadline: number): Promise<void> => {
    const found = await get(
      [`${base}help`],
      async (result) => {
        if ('failure' in result) return result.failure;
        if (isTransient(result)) return describeStatus(result);
        return { isRdap: isHelp(result) && baseOf(result.url, 'help') === base };
      },
      deadline,
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

  const read = async (result: HttpResult, name: string, deadline: number): Promise<Registration | string> => {
    const answer = readRegistryAnswer(result, name);
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
    waitingFor() {
      const busy = [...byOrigin].filter(([, registry]) => registry.isBusy());
      return busy.length > 0 ? busy.map(describeWait).join(', ') : undefined;
    },
  };
}

const describeRefusal = (url: string): string => `${new URL(url).host} is limiting requests`;

/** Milliseconds that a registry may be waited for without saying how long. */
const shortWait = 1000;

function describeWait([origin, registry]: [string, Registry]): string {
  const { host } = new URL(origin);
  const milliseconds = registry.untilNextRequest();
  return milliseconds < shortWait
    ? host
    : `${host}, next request in ${describeDuration(milliseconds / 1000)}`;
}

/** A quarter shorter or longer by chance, so that the tries of several names do not stay together. */
const pauseBefore = (tries: number): number =>
  Math.min(firstPause * 2 ** tries, longestPause) * (0.75 + Math.random() / 2);

/** Returns the base URL of a server (RFC 9082 section 3), if the URL is that of this path below one. */
function baseOf(url: string, path: string): string | undefined {
  const { origin, pathname } = new URL(url);
  const end = `/${path}`;
  return pathname.toLowerCase().endsWith(end)
    ? origin + pathname.slice(0, pathname.length - end.length + 1)
    : undefined;
}
