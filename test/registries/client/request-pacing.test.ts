import { describe, expect, it } from 'vitest';
import { createRequestPacing, type RequestLimit } from '../../../src/registries/client/request-pacing.js';
import { createManualClock } from '../../helpers/manual-clock.js';

/** A pacing, and ways to use it on a clock of its own. */
function openPacing(limit?: RequestLimit) {
  const clock = createManualClock();
  const pacing = createRequestPacing(clock, limit);
  /** Waits for the next slot, and returns the milliseconds that it took. */
  const waitForSlot = () => {
    const delay = pacing.reserveSlot();
    clock.pass(delay);
    return delay;
  };
  return {
    clock,
    pacing,
    waitForSlot,
    /** The milliseconds between two slots at present. */
    spacing() {
      waitForSlot();
      return waitForSlot();
    },
    /** Refuses requests that were sent together, after a millisecond. */
    refuse(retryAfter?: number, requests = 1) {
      const sentAt = clock.now();
      clock.pass(1);
      for (let count = 0; count < requests; count++) pacing.refused(sentAt, retryAfter);
    },
    accept(times: number) {
      for (let count = 0; count < times; count++) pacing.accepted();
    },
  };
}

describe('createRequestPacing', () => {
  it('gives the first slot at once, and then one every 200 ms', () => {
    const { pacing } = openPacing();
    expect([pacing.reserveSlot(), pacing.reserveSlot(), pacing.reserveSlot()]).toEqual([0, 200, 400]);
  });

  it('tells how long it is until the next slot', () => {
    const { clock, pacing } = openPacing();
    expect(pacing.untilNextSlot()).toBe(0);
    pacing.reserveSlot();
    clock.pass(50);
    expect(pacing.untilNextSlot()).toBe(150);
    clock.pass(1000);
    expect(pacing.untilNextSlot()).toBe(0);
  });

  it('does not save up slots while nothing is sent', () => {
    const { clock, waitForSlot } = openPacing();
    waitForSlot();
    clock.pass(60_000);
    expect([waitForSlot(), waitForSlot()]).toEqual([0, 200]);
  });

  it('shrinks the spacing by a tenth with each answer, down to 20 ms', () => {
    const { accept, spacing } = openPacing();
    accept(1);
    expect(spacing()).toBe(180);
    accept(1000);
    expect(spacing()).toBe(20);
  });
});

describe('createRequestPacing after a refusal', () => {
  it('doubles the spacing, each time, up to 10 seconds', () => {
    const { refuse, spacing } = openPacing();
    refuse();
    expect(spacing()).toBe(400);
    refuse();
    expect(spacing()).toBe(800);
    for (let refusals = 0; refusals < 100; refusals++) refuse();
    expect(spacing()).toBe(10_000);
  });

  it('shrinks the spacing with the answers that follow', () => {
    const { accept, refuse, spacing } = openPacing();
    refuse();
    accept(1);
    expect(spacing()).toBe(360);
  });

  it('doubles the spacing once for all requests that were in flight together', () => {
    const { refuse, spacing } = openPacing();
    refuse(undefined, 4);
    expect(spacing()).toBe(400);
  });

  it('does not double it for a request that was sent at the time of the last refusal', () => {
    const { clock, pacing, spacing } = openPacing();
    clock.pass(10);
    pacing.refused(9, undefined);
    pacing.refused(10, undefined);
    expect(spacing()).toBe(400);
  });

  it('gives the next slot after the new spacing, or at the time that the registry names', () => {
    const unnamed = openPacing();
    unnamed.refuse();
    expect(unnamed.pacing.untilNextSlot()).toBe(400);
    const named = openPacing();
    named.refuse(5000);
    expect([named.pacing.reserveSlot(), named.pacing.reserveSlot()]).toEqual([5000, 5400]);
  });

  it('holds back what has a slot already until the time that the registry names', () => {
    const { clock, pacing, refuse } = openPacing();
    refuse();
    expect(pacing.isHeldBack()).toBe(false);
    refuse(5000);
    expect(pacing.isHeldBack()).toBe(true);
    clock.pass(5000);
    expect(pacing.isHeldBack()).toBe(false);
  });

  it('never shortens a delay that the registry named before', () => {
    const { pacing, refuse } = openPacing();
    refuse(5001);
    refuse(0);
    expect(pacing.reserveSlot()).toBe(5000);
  });
});

describe('createRequestPacing for a registry that publishes its limit', () => {
  const limit = { requests: 50, seconds: 60 };

  it('spaces requests by the limit, whatever the registry answers', () => {
    const { accept, clock, pacing } = openPacing(limit);
    expect([pacing.reserveSlot(), pacing.reserveSlot(), pacing.reserveSlot()]).toEqual([0, 1200, 2400]);
    clock.pass(2400);
    accept(10);
    expect(pacing.untilNextSlot()).toBe(1200);
  });

  it('pauses for as long as requests are counted after a refusal, or as long as the registry says', () => {
    const { pacing, refuse, spacing } = openPacing(limit);
    refuse();
    expect(pacing.untilNextSlot()).toBe(60_000);
    refuse(90_000);
    expect(pacing.untilNextSlot()).toBe(90_000);
    expect(spacing()).toBe(1200);
  });
});
