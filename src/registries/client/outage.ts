import type { Clock } from '../../util/clock.js';
import { type HttpResult, isTransient } from '../../util/http.js';
import { createSleeper } from '../../util/sleeper.js';

/** Watches whether a registry answers, and keeps most names away from it while it does not. */
export interface Outage {
  /** Records an answer. */
  answered(): void;
  /** Records a request without an answer, and when it was sent. A status that is not transient refuses whoever asks. */
  failed(url: string, sentAt: number, result: HttpResult): void;
  /** Returns the last failure, if there is one since the last answer. */
  last(): HttpResult | undefined;
  /** Returns the last failure if the registry has been given up, for a while or for good. */
  givenUp(): HttpResult | undefined;
  /**
   * Lets names that have not been asked about go ahead: all of them while the registry answers, and one at each interval
   * while it does not. Once it has been given up, the names that would have to wait get the last failure at once.
   *
   * @returns undefined if the name may be asked about; then `endTurn` must be called after the request.
   */
  turn(): Promise<HttpResult | undefined>;
  endTurn(): void;
}

/** The registry counts as failing after failures of this many names. One name that fails says nothing about others. */
const minimumNames = 3;
/** Milliseconds between two new names while the registry does not answer; fewer if the longest wait is short. */
const longestInterval = 1000;
/** Milliseconds after which a name that waits for its turn looks again whether the registry answers. */
const pollInterval = 50;
/** A registry that refuses whoever asks (401, 403 or 451) as often as this in a row is not asked any more. */
const maximumRefusals = 5;
/** Failures are forgotten after a pause of this many milliseconds or of the longest wait, whichever is longer. */
const memory = 10_000;

/**
 * Creates the watch of a registry. It is given up if nothing at all was answered for `longestWait`, or if connections to
 * it fail for a reason that will not pass. If it refuses whoever asks several times in a row, it is not asked any more.
 *
 * @param longestWait milliseconds.
 */
export function createOutage(longestWait: number, clock: Clock): Outage {
  const { sleep } = createSleeper(clock);
  // Enough new names get a turn to find out whether all of them fail.
  const turnInterval = Math.min(longestInterval, longestWait / 20);
  const urls = new Set<string>();
  let since = 0;
  let last: { readonly result: HttpResult; readonly at: number } | undefined;
  let nextTurn = 0;
  let refusals = 0;
  let end: HttpResult | undefined;

  const forget = () => {
    urls.clear();
    last = undefined;
  };

  /** Returns the last failure if the registry counts as failing. */
  const failing = () => {
    if (last && clock.now() - last.at > Math.max(longestWait, memory)) forget();
    return urls.size < minimumNames ? undefined : last;
  };

  const givenUp = () => {
    if (end) return end;
    const result = failing()?.result;
    if (result === undefined) return undefined;
    return !isTransient(result) || clock.now() - since >= longestWait ? result : undefined;
  };

  return {
    answered() {
      forget();
      refusals = 0;
    },
    failed(url, sentAt, result) {
      const isBarred = 'status' in result && !isTransient(result);
      refusals = isBarred ? refusals + 1 : 0;
      if (refusals >= maximumRefusals) end = result;
      if (last === undefined) since = sentAt;
      last = { result, at: clock.now() };
      if (urls.size < minimumNames) urls.add(url);
    },
    last: () => last?.result,
    givenUp,
    async turn() {
      if (end) return end;
      while (failing() && clock.now() < nextTurn) {
        const result = givenUp();
        if (result) return result;
        await sleep(pollInterval);
      }
      // Until the turn has ended, nobody else gets one.
      nextTurn = givenUp() ? Number.POSITIVE_INFINITY : clock.now() + turnInterval;
      return undefined;
    },
    endTurn() {
      nextTurn = clock.now() + turnInterval;
    },
  };
}
