import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { get, type HttpAnswer } from './get.js';
import { openPace } from './pace.js';

/** One registry's server. */
export interface Registry {
  /** Gets a document of the registry, and bears with it while it refuses. */
  get(url: string): Promise<HttpAnswer>;
}

const inFlight = 4;
/** Milliseconds that one request may take. */
const requestTimeout = 10_000;
/** After so many requests in a row without any answer the registry is left alone. */
const patience = 3;
const mediaType = 'application/rdap+json, application/json;q=0.9';

/**
 * Asks one registry at a pace that it bears. A refusal (429 or 503) costs time and no answer, until one
 * name has waited too long: then the registry is not asked again.
 *
 * @param longestWait milliseconds that one name may wait.
 */
export function openRegistry(longestWait: number): Registry {
  const limit = pLimit(inFlight);
  const pace = openPace();
  let failures = 0;
  let givenUp: HttpAnswer | undefined;

  const ask = async (url: string): Promise<HttpAnswer> => {
    // Until its first request a name waits for its turn, and not for the registry.
    let deadline = Number.POSITIVE_INFINITY;
    for (;;) {
      const wait = pace.nextTurn();
      if (givenUp) return givenUp;
      if (performance.now() + wait > deadline) break;
      await sleep(wait);
      if (givenUp) return givenUp;
      const sentAt = performance.now();
      deadline = Math.min(deadline, sentAt + longestWait);
      const timeout = AbortSignal.timeout(
        Math.ceil(Math.min(requestTimeout, Math.max(deadline - sentAt, 1))),
      );
      const answer = await get(url, mediaType, timeout);
      if ('failure' in answer) {
        failures++;
        if (failures >= patience) givenUp = answer;
        return answer;
      }
      failures = 0;
      if (answer.status !== 429 && answer.status !== 503) {
        pace.accepted();
        return answer;
      }
      pace.refused(sentAt, answer.retryAfter);
    }
    givenUp = { failure: `${new URL(url).host} limits its callers` };
    return givenUp;
  };

  return { get: (url) => limit(ask, url) };
}
