/** When the next request to a registry may go out. Registries limit their callers and tell nobody the limit. */
export interface Pace {
  /** Takes the next turn; milliseconds until then. */
  nextTurn(): number;
  accepted(): void;
  /**
   * @param sentAt when the refused request went out, on the clock of `performance.now`.
   * @param retryAfter milliseconds, where the registry said how long to wait.
   */
  refused(sentAt: number, retryAfter: number | undefined): void;
}

/** Milliseconds between two requests: at the start, at the least, at the most. */
const gentle = 200;
const shortest = 20;
const longest = 10_000;

/** Starts gently, gives way by half when refused, and recovers by a tenth with each answer. */
export function openPace(): Pace {
  let spacing = gentle;
  let next = 0;
  let lastRefusal = Number.NEGATIVE_INFINITY;
  return {
    nextTurn() {
      const now = performance.now();
      const turn = Math.max(now, next);
      next = turn + spacing;
      return turn - now;
    },
    accepted() {
      spacing = Math.max(spacing * 0.9, shortest);
    },
    refused(sentAt, retryAfter) {
      const now = performance.now();
      // What went out before the last refusal says nothing about the pace since.
      if (sentAt > lastRefusal) {
        spacing = Math.min(spacing * 2, longest);
        lastRefusal = now;
      }
      next = Math.max(next, now + (retryAfter ?? spacing));
    },
  };
}
