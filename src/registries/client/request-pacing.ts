import type { Clock } from '../../util/clock.js';

/** Spaces the requests to one registry. */
export interface RequestPacing {
  /** Reserves the next slot for a request, and returns the milliseconds until then. */
  reserveSlot(): number;
  /** Returns the milliseconds until the next slot that is not reserved; 0 if there is one now. */
  untilNextSlot(): number;
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

/** Hands out slots for requests, one after the other. */
function createSlots(clock: Pick<Clock, 'now'>, spacing: () => number) {
  let next = clock.now();
  return {
    reserveSlot() {
      const now = clock.now();
      const slot = Math.max(now, next);
      next = slot + spacing();
      return slot - now;
    },
    untilNextSlot: () => Math.max(next - clock.now(), 0),
    /** Leaves no slot free before this time, by the clock. */
    holdUntil(time: number) {
      next = Math.max(next, time);
    },
  };
}

/**
 * Creates the pacing for a registry that does not publish its limit: it doubles the spacing after a refusal and shrinks it
 * by a tenth after each answer.
 */
export function createAdaptivePacing(clock: Pick<Clock, 'now'>): RequestPacing {
  let spacing = initialSpacing;
  const { reserveSlot, untilNextSlot, holdUntil } = createSlots(clock, () => spacing);
  let lastRefusal = Number.NEGATIVE_INFINITY;
  return {
    reserveSlot,
    untilNextSlot,
    accepted() {
      spacing = Math.max(spacing * 0.9, minimumSpacing);
    },
    refused(sentAt, retryAfter) {
      const now = clock.now();
      // A request that was sent before the last refusal says nothing about the spacing since then.
      if (sentAt > lastRefusal) {
        spacing = Math.min(spacing * 2, maximumSpacing);
        lastRefusal = now;
      }
      holdUntil(now + (retryAfter ?? spacing));
    },
  };
}

/** The most requests that a registry accepts. */
export interface RequestLimit {
  readonly requests: number;
  /** The time in which they are counted. */
  readonly seconds: number;
}

/**
 * Creates the pacing for a registry that publishes its limit. After a refusal that names no delay, it pauses for the time
 * in which the registry counts requests.
 */
export function createFixedPacing(
  clock: Pick<Clock, 'now'>,
  { requests, seconds }: RequestLimit,
): RequestPacing {
  const spacing = (seconds * 1000) / requests;
  const { reserveSlot, untilNextSlot, holdUntil } = createSlots(clock, () => spacing);
  return {
    reserveSlot,
    untilNextSlot,
    accepted() {},
    refused(_sentAt, retryAfter) {
      holdUntil(clock.now() + (retryAfter ?? seconds * 1000));
    },
  };
}
