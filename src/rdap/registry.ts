import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type HttpFailure, type HttpResult, httpGet } from '../util/http.js';
import { createRequestPacing } from './request-pacing.js';

/** The RDAP server of a registry. */
export interface Registry {
  /** Gets a document, and tries again while the registry refuses (429 or 503). */
  get(url: string): Promise<HttpResult>;
}

const maximumInFlight = 4;
/** Milliseconds that one request may take. */
const requestTimeout = 10_000;
/** After this many requests in a row without a response, the registry is not asked again. */
const maximumConsecutiveFailures = 3;
const mediaTypes = 'application/rdap+json, application/json;q=0.9';

/**
 * Creates a client for one registry that adapts its request rate to what the registry accepts. A refused request
 * (429 or 503) is repeated later. If one name has been refused for `longestWait`, the registry is not asked again.
 *
 * @param longestWait milliseconds that one name may wait for an answer.
 */
export function createRegistry(longestWait: number): Registry {
  const limit = pLimit(maximumInFlight);
  const pacing = createRequestPacing();
  let consecutiveFailures = 0;
  let finalFailure: HttpFailure | undefined;

  const get = async (url: string): Promise<HttpResult> => {
    // Counts from the first request: until then the name waits for other names, not for the registry.
    let deadline = Number.POSITIVE_INFINITY;
    for (;;) {
      const delay = pacing.reserveSlot();
      if (finalFailure) return finalFailure;
      if (performance.now() + delay > deadline) break;
      await sleep(delay);
      if (finalFailure) return finalFailure;
      const sentAt = performance.now();
      deadline = Math.min(deadline, sentAt + longestWait);
      const timeout = Math.ceil(Math.min(requestTimeout, Math.max(deadline - sentAt, 1)));
      const result = await httpGet(url, mediaTypes, AbortSignal.timeout(timeout));
      if ('failure' in result) {
        consecutiveFailures++;
        if (consecutiveFailures >= maximumConsecutiveFailures) finalFailure = result;
        return result;
      }
      consecutiveFailures = 0;
      if (result.status !== 429 && result.status !== 503) {
        pacing.accepted();
        return result;
      }
      pacing.refused(sentAt, result.retryAfter);
    }
    finalFailure = { failure: `${new URL(url).host} is limiting requests`, transient: false };
    return finalFailure;
  };

  return { get: (url) => limit(get, url) };
}
