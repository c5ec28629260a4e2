import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type HttpResult, httpGet, isTransient } from '../../util/http.js';
import { createOutage } from './outage.js';
import { createRequestPacing, maximumSpacing, type RequestPacing } from './request-pacing.js';

/** One request to a registry, or none. */
export interface Attempt {
  /** The response, or the failure for which the registry has been given up; undefined if no time was left. */
  readonly result: HttpResult | undefined;
  /** When the request was sent, on the clock of `performance.now`; undefined if none was sent. */
  readonly sentAt: number | undefined;
}

/** The server of a registry. */
export interface Registry {
  /**
   * Gets a document, at a rate that the registry accepts.
   *
   * @param deadline when the time for this name ends, on the clock of `performance.now`. Without one, this is the name's
   *   first request, which may wait for those of other names.
   * @param share the part of the time left that this registry may take, if the name has others.
   */
  get(url: string, deadline?: number, share?: number): Promise<Attempt>;
  /** Whether documents are being waited for. */
  isBusy(): boolean;
  /** Returns the milliseconds until the next request. */
  untilNextRequest(): number;
}

const maximumInFlight = 4;
/** Milliseconds that one request may take at most. */
const requestTimeout = 10_000;
/** Milliseconds that a name waits for its slot at most, unless the registry named a time that is later. */
const longestQueue = maximumInFlight * maximumSpacing;
const mediaTypes = 'application/rdap+json, application/json;q=0.9';

/**
 * Sends one request. Does not throw if it fails.
 *
 * @param signal aborts the request; a `TimeoutError` as its reason means that time ran out.
 */
export type Send = (url: string, signal: AbortSignal) => Promise<HttpResult>;

const getRdap: Send = (url, signal) => httpGet(url, mediaTypes, signal);

/** Whether a registry refuses a request because there are too many (RFC 7480 section 5.5). */
export const isRefusal = (result: HttpResult): boolean =>
  'status' in result && (result.status === 429 || result.status === 503);

/**
 * Creates a client for one registry.
 *
 * @param longestWait milliseconds that one name may wait, from its first request on.
 * @param request sends a request; by default, over HTTP.
 * @param pacing spaces the requests; by default, it adapts to what the registry accepts.
 */
export function createRegistry(
  longestWait: number,
  request: Send = getRdap,
  pacing: RequestPacing = createRequestPacing(),
): Registry {
  // A name whose turn has come to be asked about again waits for at most four new ones.
  const newNames = pLimit(maximumInFlight);
  const requests = pLimit(maximumInFlight);
  const outage = createOutage(longestWait);
  // A request that has less time than this, in milliseconds, would only hide what the one before it has shown.
  const shortestRequest = Math.min(500, longestWait / 4);

  const record = (url: string, sentAt: number, result: HttpResult) => {
    const isUnreachable = 'failure' in result && !result.responded;
    if (isTransient(result) || isUnreachable) outage.failed(url, sentAt, result);
    else outage.answered();
    if (isRefusal(result)) pacing.refused(sentAt, 'status' in result ? result.retryAfter : undefined);
    else if ('status' in result) pacing.accepted();
  };

  const send = async (url: string, deadline: number | undefined, share: number): Promise<Attempt> => {
    const delay = pacing.reserveSlot();
    const left =
      deadline === undefined
        ? Math.max(longestWait, longestQueue)
        : deadline - performance.now() - shortestRequest;
    if (delay > left) return { result: undefined, sentAt: undefined };
    await sleep(delay);
    const sentAt = performance.now();
    const end = deadline ?? sentAt + longestWait;
    // Half of the time is left for another try.
    const timeout = Math.ceil(Math.min(requestTimeout, Math.max(((end - sentAt) * share) / 2, 1)));
    const result = await request(url, AbortSignal.timeout(timeout));
    record(url, sentAt, result);
    return { result, sentAt };
  };

  const getFirst = async (url: string, share: number): Promise<Attempt> => {
    const failure = await outage.turn();
    if (failure) return { result: failure, sentAt: undefined };
    try {
      return await requests(send, url, undefined, share);
    } finally {
      outage.endTurn();
    }
  };

  return {
    async get(url, deadline, share = 1) {
      if (deadline === undefined) return newNames(getFirst, url, share);
      const failure = outage.givenUp();
      return failure ? { result: failure, sentAt: undefined } : requests(send, url, deadline, share);
    },
    isBusy: () => newNames.activeCount + requests.activeCount > 0,
    untilNextRequest: pacing.untilNextSlot,
  };
}
