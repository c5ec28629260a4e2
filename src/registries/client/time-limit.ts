import type { Clock } from '../../util/clock.js';

/**
 * Does something for which there is limited time.
 *
 * @param milliseconds the time until the signal that `act` gets is aborted, with a `TimeoutError` as its reason.
 */
export async function withinTime<Result>(
  milliseconds: number,
  clock: Pick<Clock, 'setTimer'>,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timeout = new AbortController();
  const cancel = clock.setTimer(milliseconds, () =>
    timeout.abort(new DOMException('The time has run out', 'TimeoutError')),
  );
  try {
    return await act(timeout.signal);
  } finally {
    cancel();
  }
}
