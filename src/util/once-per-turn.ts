import type { Clock } from './clock.js';

/**
 * Wraps a function so that it is called at the end of a turn of the event loop, once, however often the result is called in
 * that turn.
 */
export function oncePerTurn(clock: Pick<Clock, 'endOfTurn'>, callback: () => void): () => void {
  let isScheduled = false;
  const run = () => {
    isScheduled = false;
    callback();
  };
  return () => {
    if (!isScheduled) clock.endOfTurn(run);
    isScheduled = true;
  };
}
