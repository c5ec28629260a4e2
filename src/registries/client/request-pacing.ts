import type { Clock } from '../../util/clock.js';

/** Spaces the requests to one registry. */
export interface RequestPacing {
  /** Reserves the next slot for a request, and returns the milliseconds until then. */
  reserveSlot(): number;
  /** Returns the milliseconds until the next slot that is not reserved; 0 if there is one now. */
  untilNextSlot(): number;
  /** Whether the registry wants no requests for a time that it has named or published, and which is not over. */
  isHeldBack(): boolean;
  /** Records that the registry answered a request. */
  accepted(): void;
  /**
   * Records that the registry refused a request.
   *
   * @param sentAt when the request was sent, by the clock.
   * @param retryAfter milliseconds to wait, if the registry named a delay.
   */
  refused(sentAt: number, retryAfter: number | undefined): void;
}

/** Milliseconds between two requests. */
const initialSpacing = 200;
const minimumSpacing = 20;
export const maximumSpacing = 10_000;

/** The most requests that a registry accepts. */
export interface RequestLimit {
  readonly requests: number;
  /** The time in which they are counted. */
  readonly seconds: number;
}

/**
 * Creates the pacing for a registry. Without a limit, it doubles the spacing after a refusal, and shrinks it by a tenth
 * after each answer.
 *
 * @param limit what the registry publishes, if it does. A refusal that names no delay then lasts for its seconds.
 */
export function createRequestPacing(clock: Pick<Clock, 'now'>, limit?: RequestLimit): RequestPacing {
  let spacing = limit ? (limit.seconds * 1000) / limit.requests : initialSpacing;
  let next = clock.now();
  let lastRefusal = Number.NEGATIVE_INFINITY;
  let heldBackUntil = Number.NEGATIVE_INFINITY;
  return {
    reserveSlot() {
      const now = clock.now();
      const slot = Math.max(now, next);
      next = slot + spacing;
      return slot - now;
    },
    untilNextSlot: () => Math.max(next - clock.now(), 0),
    isHeldBack: () => clock.now() < heldBackUntil,
    accepted() {
      if (!limit) spacing = Math.max(spacing * 0.9, minimumSpacing);
    },
    refused(sentAt, retryAfter) {
      const now = clock.now();
      // A request that was sent before the last refusal says nothing about the spacing since then.
      if (!limit && sentAt > lastRefusal) {
        spacing = Math.min(spacing * 2, maximumSpacing);
        lastRefusal = now;
      }
      const named = retryAfter ?? (limit && limit.seconds * 1000);
      if (named !== undefined) heldBackUntil = Math.max(heldBackUntil, now + named);
      next = Math.max(next, now + (named ?? spacing));
    },
  };
}
