import type { ClientPlatform } from '../../src/registries/client/client.js';
import type { Send } from '../../src/registries/client/registry.js';
import type { HttpResponse, HttpResult } from '../../src/util/http.js';
import { domainObject, errorObject, helpObject } from '../helpers/rdap-server/domain.js';
import { createVirtualClock, type VirtualClock } from '../simulation/virtual-clock.js';

/** A request as a played registry receives it. */
export interface PlayedRequest {
  readonly url: string;
  /** The path, without the slash before it. */
  readonly path: string;
  /** The last label but one of a domain: `x` of `domain/x.dev`. */
  readonly name: string;
  /** Milliseconds since the run began. */
  readonly time: number;
  /** How often this URL has been asked for: 1 for the first request. */
  readonly attempt: number;
}

/** What a played registry replies to a request; undefined if it never replies. */
export type PlayedReply = (request: PlayedRequest) => HttpResult | undefined;

/** Registries without sockets, in virtual time. */
export interface PlayedRegistries {
  readonly platform: ClientPlatform;
  readonly clock: VirtualClock;
  readonly send: Send;
  /** All requests, in order. */
  readonly requests: readonly PlayedRequest[];
  /** The paths of all requests, in order. */
  paths(): string[];
  /** The most requests that have been in flight at once. */
  peak(): number;
  /** Lets time pass until a promise is settled. */
  play<Result>(result: Promise<Result>): Promise<Result>;
}

/** Milliseconds of virtual time after which a run counts as stuck. */
const longest = 100 * 3_600_000;

/**
 * Creates registries that all reply in the same way.
 *
 * @param delay milliseconds until a reply comes.
 */
export function playRegistries(reply: PlayedReply, delay = 10): PlayedRegistries {
  const clock = createVirtualClock();
  const requests: PlayedRequest[] = [];
  const attempts = new Map<string, number>();
  let [inFlight, peak] = [0, 0];

  const send: Send = (url, signal) =>
    new Promise((resolve) => {
      const { host, pathname } = new URL(url);
      const path = pathname.slice(1);
      const attempt = (attempts.get(url) ?? 0) + 1;
      attempts.set(url, attempt);
      const name = /domain\/([^.]*)/.exec(path)?.[1] ?? '';
      const request = { url, path, name, time: clock.now(), attempt };
      requests.push(request);
      peak = Math.max(peak, ++inFlight);
      const settle = (result: HttpResult) => {
        inFlight--;
        resolve(result);
      };
      const result = reply(request);
      const cancel = result && clock.setTimer(delay, () => settle(result));
      signal.addEventListener('abort', () => {
        cancel?.();
        settle({ failure: `no answer in time from ${host}`, transient: true, responded: false });
      });
    });

  return {
    clock,
    send,
    platform: { clock, send, random: { fraction: () => 0.5 } },
    requests,
    paths: () => requests.map(({ path }) => path),
    peak: () => peak,
    async play(result) {
      await clock.play(result, longest);
      return result;
    },
  };
}

/** Replies with a status and a body; an object is sent as JSON. */
export const reply =
  (status: number, document: unknown = '', more: Partial<HttpResponse> = {}): PlayedReply =>
  ({ url }) => ({
    url,
    ...{ host: new URL(more.url ?? url).host, status, retryAfter: undefined },
    body: Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)),
    ...more,
  });

/** Replies with an error object of RDAP. */
export const fail = (status: number, retryAfter?: number): PlayedReply =>
  reply(status, errorObject(status, 'Error'), { retryAfter });

/** Replies that the name is registered. */
export const found: PlayedReply = (request) =>
  reply(200, domainObject(request.path.replace(/^.*\//, ''), ['active']))(request);

/** Replies that the name is not registered. */
export const notFound = fail(404);
export const emptyNotFound = reply(404);
export const help = reply(200, helpObject());
export const webPage = reply(200, '<!DOCTYPE html>');

/** Fails before a response begins. */
export const unreachable =
  (what: string, transient: boolean): PlayedReply =>
  ({ url }) => ({ failure: `${what} ${new URL(url).host}`, transient, responded: false });

export const reset = unreachable('connection reset by', true);
export const silent: PlayedReply = () => undefined;

/** Does one after the other for each URL; the last one again and again. */
export const inTurn =
  (...replies: readonly [PlayedReply, ...PlayedReply[]]): PlayedReply =>
  (request) =>
    (replies[request.attempt - 1] ?? replies.at(-1) ?? silent)(request);
