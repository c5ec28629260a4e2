import pLimit from 'p-limit';
import type { Clock } from '../../util/clock.js';
import { type HttpResponse, type HttpResult, isTransient } from '../../util/http.js';
import { createSleeper } from '../../util/sleeper.js';
import { createOutage } from './outage.js';
import { createRequestPacing, maximumSpacing, type RequestLimit } from './request-pacing.js';
import { withinTime } from './time-limit.js';

/** What became of a request to a registry. */
export interface RequestOutcome {
  /** The response, or the failure for which the registry has been given up; none if no time was left. */
  readonly result?: HttpResult;
  /** When the request was sent, by the clock, if it was. */
  readonly sentAt?: number;
}

/** The server of a registry. */
export interface Registry {
  /**
   * Gets a document, at a rate that the registry accepts.
   *
   * @param deadline when the time for this name ends, by the clock. Without one, this is the name's first request, which
   *   may wait for those of other names.
   * @param share the part of the time left that this registry may take, if the name has others.
   * @param isUrgent whether a first request goes before those of other names.
   */
  get(url: string, deadline?: number, share?: number, isUrgent?: boolean): Promise<RequestOutcome>;
  /** Whether documents are being waited for. */
  isBusy(): boolean;
  /** Returns the milliseconds until the next request. */
  untilNextRequest(): number;
}

/**
 * Sends one request. Does not throw if it fails.
 *
 * @param signal aborts the request; a `TimeoutError` as its reason means that time ran out.
 */
export type Send = (url: string, signal: AbortSignal) => Promise<HttpResult>;

/** How a registry is asked. */
export interface Access {
  readonly send: Send;
  /** The limit that the registry publishes; undefined to adapt to what it accepts. */
  readonly limit?: RequestLimit | undefined;
  /** Whether an error response is an answer about the name, and so says nothing of the registry; by default, none is. */
  readonly isAnswer?: ((response: HttpResponse) => boolean) | undefined;
}

const maximumInFlight = 4;
/** Milliseconds that one request may take at most. */
const requestTimeout = 10_000;
/** Milliseconds after which a name that waits for its slot looks again whether the registry has been given up. */
const longestPoll = 1000;
/** Milliseconds that a name waits for its slot at most, unless the registry named a time that is later. */
const longestQueue = maximumInFlight * maximumSpacing;

/** Whether a registry refuses a request because there are too many (RFC 7480 section 5.5). */
export const isRefusal = (result: HttpResult): boolean =>
  'status' in result && (result.status === 429 || result.status === 503);

/** The statuses with which a registry refuses whoever asks (RFC 9110 section 15.5, RFC 7725). */
const barringStatuses = new Set([401, 403, 451]);

/** Whether the next requests have to come more slowly: the registry refuses them, or it fails. */
const isTrouble = ({ status }: HttpResponse): boolean =>
  status === 429 || status >= 500 || barringStatuses.has(status);

/** Says why a new name has no slot: the last failure, unless too many requests are the reason. */
const withoutSlot = (last: HttpResult | undefined): RequestOutcome =>
  last === undefined || isRefusal(last) ? {} : { result: last };

/**
 * Creates a client for one registry.
 *
 * @param longestWait milliseconds that one name may wait, from its first request on.
 */
export function createRegistry(
  longestWait: number,
  { send, limit, isAnswer = () => false }: Access,
  clock: Clock,
): Registry {
  const pacing = createRequestPacing(clock, limit);
  const outage = createOutage(longestWait, clock);
  const { sleep } = createSleeper(clock);
  // New names are limited by themselves, so that a name that is asked about again waits for at most four of them.
  const newNames = pLimit(maximumInFlight);
  const requests = pLimit(maximumInFlight);
  // With less time than this, in milliseconds, a request would time out and hide the failure before it.
  const shortestRequest = Math.min(500, longestWait / 4);

  const record = (url: string, sentAt: number, result: HttpResult) => {
    if ('failure' in result) {
      if (result.transient || !result.responded) outage.failed(url, sentAt, result);
      else outage.answered();
      return;
    }
    const isTroubled = isTrouble(result) && !isAnswer(result);
    if (isTroubled || isTransient(result)) outage.failed(url, sentAt, result);
    else outage.answered();
    if (isTroubled) pacing.refused(sentAt, result.retryAfter);
    else pacing.accepted();
  };

  /** Waits for a slot. Returns the failure as soon as the registry is given up. */
  const waitFor = async (delay: number): Promise<HttpResult | undefined> => {
    const end = clock.now() + delay;
    await sleep(Math.min(delay, longestPoll));
    while (clock.now() < end && !outage.givenUp()) await sleep(Math.min(end - clock.now(), longestPoll));
    return clock.now() < end ? outage.givenUp() : undefined;
  };

  const request = async (
    url: string,
    deadline: number | undefined,
    share: number,
  ): Promise<RequestOutcome> => {
    const before = outage.givenUp();
    if (before && pacing.untilNextSlot() > longestPoll) return { result: before };
    const latest = () =>
      deadline === undefined ? clock.now() + Math.max(longestWait, longestQueue) : deadline - shortestRequest;
    do {
      const delay = pacing.reserveSlot();
      if (clock.now() + delay > latest()) return deadline === undefined ? withoutSlot(outage.last()) : {};
      const failure = await waitFor(delay);
      if (failure && !before) return { result: failure };
      // A refusal since the slot was reserved holds for it, too.
    } while (pacing.isHeldBack());
    const sentAt = clock.now();
    const end = deadline ?? sentAt + longestWait;
    // Half of the time is left for another try.
    const timeout = Math.ceil(Math.min(requestTimeout, Math.max(((end - sentAt) * share) / 2, 1)));
    const result = await withinTime(timeout, clock, (signal) => send(url, signal));
    record(url, sentAt, result);
    return { result, sentAt };
  };

  const requestFirst = async (url: string, share: number): Promise<RequestOutcome> => {
    const failure = await outage.turn();
    if (failure) return { result: failure };
    try {
      return await requests(request, url, undefined, share);
    } finally {
      outage.endTurn();
    }
  };

  return {
    async get(url, deadline, share = 1, isUrgent = false) {
      if (deadline === undefined && !isUrgent) return newNames(requestFirst, url, share);
      const failure = outage.givenUp();
      return failure ? { result: failure } : requests(request, url, deadline, share);
    },
    isBusy: () => newNames.activeCount + requests.activeCount > 0,
    untilNextRequest: pacing.untilNextSlot,
  };
}
