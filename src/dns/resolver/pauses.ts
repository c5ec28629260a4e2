import { type PendingQuestion, putAside } from './question.js';

/** Questions that pause before they are asked again. */
export interface Pauses {
  /** How many questions pause. */
  count(): number;
  /**
   * Lets a question pause.
   *
   * @param until milliseconds, on the clock of the platform, as is `now` below.
   */
  add(pending: PendingQuestion, until: number): void;
  /** Removes the questions whose pauses are over, and returns those without an answer. */
  end(now: number): readonly PendingQuestion[];
  clear(): void;
}

/** Creates an empty list of pauses. */
export function createPauses(): Pauses {
  let pausing: PendingQuestion[] = [];
  return {
    count: () => pausing.length,
    add(pending, until) {
      putAside(pending);
      pending.pausesUntil = until;
      pausing.push(pending);
    },
    end(now) {
      const over = pausing.filter(({ pausesUntil, isSettled }) => pausesUntil <= now && !isSettled);
      pausing = pausing.filter(({ pausesUntil }) => pausesUntil > now);
      return over;
    },
    clear() {
      pausing = [];
    },
  };
}
