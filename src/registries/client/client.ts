import { type Clock, systemClock } from '../../util/clock.js';
import { createClosableClock } from '../../util/closable-clock.js';
import { type HttpResponse, httpGet, isTransient } from '../../util/http.js';
import { onAbort } from '../../util/on-abort.js';
import { describeDuration } from '../../util/quantity.js';
import { type Random, systemRandom } from '../../util/random.js';
import type { SendRequest } from '../../util/send-request.js';
import { createSleeper } from '../../util/sleeper.js';
import type { Failure } from '../registry-answer.js';
import { type Access, createRegistry, isRefusal, type Registry, type Send } from './registry.js';

/** An answer, and the URL it came from. */
export type Located<Answer> = Answer & { readonly url: string };

/** How to get documents. */
export interface GetOptions {
  /** When the time for this name ends, by the clock; by default, it begins with the first request. */
  readonly end?: number;
  /** Whether the documents go before those for names that wait for their first request. */
  readonly isUrgent?: boolean;
  /** How a server is asked that has not been asked before; by default, over HTTP, at a rate that adapts to it. */
  readonly access?: Partial<Access>;
}

/** Asks the servers of all registries. */
export interface Client {
  /**
   * Gets documents, one after the other, until one is an answer. After transient failures they are asked for again, until
   * the time for the name has run out.
   *
   * @param urls at least one.
   * @param read reads a response that is no refusal; it gets the time at which the time for the name ends.
   */
  get<Answer extends object>(
    urls: readonly string[],
    read: (response: HttpResponse, deadline: number) => Promise<Answer | Failure>,
    options?: GetOptions,
  ): Promise<Located<Answer | Failure>>;
  /** Says which servers are being waited for, to follow "waiting for"; undefined if none is. */
  waitingFor(): string | undefined;
  /** Ends all requests and timers. What is being asked for is never answered. */
  close(): void;
}

/** What a client takes from outside, so that tests can replace it. */
export interface ClientPlatform {
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  /** Sends a request over HTTP. */
  readonly send: Send;
}

const mediaTypes = 'application/rdap+json, application/json;q=0.9';

/** @param request sends one request over HTTP; by default, directly. */
export const systemPlatform = (request?: SendRequest): ClientPlatform => ({
  clock: systemClock,
  random: systemRandom,
  send: (url, signal) => httpGet(url, mediaTypes, signal, request),
});

/** Milliseconds before the second try; each pause is twice as long as the one before. */
const firstPause = 100;
const longestPause = 5000;

/** @param longestWait milliseconds that one name may wait for its registry, from its first request on. */
export function createClient(
  longestWait: number,
  { clock: openClock, random, send }: ClientPlatform = systemPlatform(),
): Client {
  const byOrigin = new Map<string, Registry>();
  const { clock, close: stopTimers } = createClosableClock(openClock);
  const inFlight = new Set<AbortController>();
  const { sleep } = createSleeper(clock);

  const untilClosed =
    (open: Send): Send =>
    async (url, signal) => {
      const request = new AbortController();
      const forget = onAbort(signal, () => request.abort(signal.reason));
      inFlight.add(request);
      try {
        return await open(url, request.signal);
      } finally {
        forget();
        inFlight.delete(request);
      }
    };

  const registryAt = (url: string, access: Access): Registry => {
    const origin = originOf(url);
    const registry =
      byOrigin.get(origin) ??
      createRegistry(longestWait, { ...access, send: untilClosed(access.send) }, clock);
    byOrigin.set(origin, registry);
    return registry;
  };

  /** A quarter shorter or longer by chance, so that the tries of several names do not stay together. */
  const pauseBefore = (tries: number): number =>
    Math.min(firstPause * 2 ** tries, longestPause) * (0.75 + random.fraction() / 2);

  return {
    async get(urls, read, { end, isUrgent, access } = {}) {
      const [first = ''] = urls;
      let last: Located<Failure> = { ...refusalBy(first), url: first };
      let deadline = end;
      let remaining = urls;
      for (let tries = 0; ; tries++) {
        const toRetry: string[] = [];
        for (const [index, url] of remaining.entries()) {
          const share = 1 / (remaining.length - index);
          const registry = registryAt(url, { send, ...access });
          const { result, sentAt } = await registry.get(url, deadline, share, isUrgent);
          if (result === undefined) continue;
          if (sentAt !== undefined) deadline ??= sentAt + longestWait;
          const answer =
            'failure' in result
              ? result
              : isRefusal(result)
                ? refusalBy(url)
                : await read(result, deadline ?? 0);
          if (!('failure' in answer)) return { ...answer, url };
          last = { failure: answer.failure, url };
          if (sentAt !== undefined && isTransient(result)) toRetry.push(url);
        }
        const pause = pauseBefore(tries);
        if (toRetry.length === 0 || clock.now() + pause > (deadline ?? 0)) return last;
        await sleep(pause);
        remaining = toRetry;
      }
    },
    waitingFor() {
      const busy = [...byOrigin].filter(([, registry]) => registry.isBusy());
      return busy.length > 0 ? busy.map(describeWait).join(', ') : undefined;
    },
    close() {
      stopTimers();
      for (const request of inFlight) request.abort();
    },
  };
}

/** The scheme, host and port of a URL. `URL` knows no origin of other schemes than those of the web. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

const refusalBy = (url: string): Failure => ({ failure: `${new URL(url).host} is limiting requests` });

/** Milliseconds that a registry may be waited for without saying how long. */
const shortWait = 1000;

function describeWait([origin, registry]: [string, Registry]): string {
  const { host } = new URL(origin);
  const milliseconds = registry.untilNextRequest();
  return milliseconds < shortWait
    ? host
    : `${host}, next request in ${describeDuration(milliseconds / 1000)}`;
}
