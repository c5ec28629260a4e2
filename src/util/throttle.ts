/** An action that is limited to one call in each interval. */
export interface Throttle {
  /** Asks for a call, which is made by a timer: at once, or when the interval since the last call has passed. */
  request(): void;
  /** Drops a call that was asked for and has not been made. */
  cancel(): void;
}

/**
 * Limits how often an action is called, however often it is requested. The last request is always followed by a call,
 * unless it is cancelled.
 *
 * @param interval milliseconds between two calls.
 */
export function openThrottle(action: () => void, interval: number): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let lastCall = Number.NEGATIVE_INFINITY;
  const call = () => {
    timer = undefined;
    lastCall = performance.now();
    action();
  };
  return {
    request() {
      timer ??= setTimeout(call, lastCall + interval - performance.now());
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
