import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createFixedPacing,
  createRequestPacing,
  type RequestPacing,
} from '../../../src/registries/client/request-pacing.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** Waits for the next slot, and returns the milliseconds that it took. */
function waitForSlot(pacing: RequestPacing): number {
  const delay = pacing.reserveSlot();
  vi.advanceTimersByTime(delay);
  return delay;
}

/** The milliseconds between two slots at present. */
function spacingOf(pacing: RequestPacing): number {
  waitForSlot(pacing);
  return waitForSlot(pacing);
}

function refuse(pacing: RequestPacing, retryAfter?: number): void {
  const sentAt = performance.now();
  vi.advanceTimersByTime(1);
  pacing.refused(sentAt, retryAfter);
}

describe('createRequestPacing', () => {
  it('gives the first slot at once and the next ones at equal distances', () => {
    const pacing = createRequestPacing();
    expect(pacing.reserveSlot()).toBe(0);
    const [second, third] = [pacing.reserveSlot(), pacing.reserveSlot()];
    expect(second).toBeGreaterThanOrEqual(100);
    expect(third).toBe(2 * second);
  });

  it('tells how long it is until the next slot', () => {
    const pacing = createRequestPacing();
    expect(pacing.untilNextSlot()).toBe(0);
    refuse(pacing, 30_000);
    expect(pacing.untilNextSlot()).toBe(30_000);
    vi.advanceTimersByTime(40_000);
    expect(pacing.untilNextSlot()).toBe(0);
  });

  it('does not save up slots while nothing is sent', () => {
    const pacing = createRequestPacing();
    waitForSlot(pacing);
    vi.advanceTimersByTime(60_000);
    expect(waitForSlot(pacing)).toBe(0);
    expect(waitForSlot(pacing)).toBeGreaterThan(0);
  });

  it('shrinks the spacing with each answer, down to a limit', () => {
    const pacing = createRequestPacing();
    const initial = spacingOf(pacing);
    pacing.accepted();
    expect(spacingOf(pacing)).toBeLessThan(initial);
    for (let answers = 0; answers < 1000; answers++) pacing.accepted();
    const minimum = spacingOf(pacing);
    expect(minimum).toBeGreaterThanOrEqual(10);
    expect(minimum).toBeLessThan(initial / 2);
  });
});

describe('createRequestPacing after a refusal', () => {
  it('widens the spacing, each time more, up to a limit', () => {
    const pacing = createRequestPacing();
    const initial = spacingOf(pacing);
    refuse(pacing);
    const second = spacingOf(pacing);
    expect(second).toBeGreaterThan(1.5 * initial);
    refuse(pacing);
    expect(spacingOf(pacing)).toBeGreaterThan(1.5 * second);
    for (let refusals = 0; refusals < 100; refusals++) refuse(pacing);
    expect(spacingOf(pacing)).toBeLessThanOrEqual(60_000);
  });

  it('recovers with the answers that follow', () => {
    const pacing = createRequestPacing();
    const initial = spacingOf(pacing);
    refuse(pacing);
    for (let answers = 0; answers < 100; answers++) pacing.accepted();
    expect(spacingOf(pacing)).toBeLessThan(initial);
  });

  it('widens the spacing once for all requests that were in flight together', () => {
    const [once, together] = [createRequestPacing(), createRequestPacing()];
    refuse(once);
    const sentAt = performance.now();
    vi.advanceTimersByTime(1);
    for (let requests = 0; requests < 4; requests++) together.refused(sentAt, undefined);
    expect(spacingOf(together)).toBe(spacingOf(once));
  });

  it('gives no slot before the time that the registry names', () => {
    const pacing = createRequestPacing();
    waitForSlot(pacing);
    refuse(pacing, 5000);
    expect(pacing.reserveSlot()).toBe(5000);
    expect(pacing.reserveSlot()).toBeGreaterThan(5000);
  });

  it('never shortens a delay that the registry named before', () => {
    const pacing = createRequestPacing();
    const sentAt = performance.now();
    vi.advanceTimersByTime(1);
    pacing.refused(sentAt, 5000);
    pacing.refused(sentAt, 0);
    pacing.refused(sentAt, undefined);
    expect(pacing.reserveSlot()).toBe(5000);
  });
});

describe('createFixedPacing', () => {
  it('spaces requests by the limit, whatever the registry answers', () => {
    const pacing = createFixedPacing({ requests: 50, seconds: 60 });
    expect([pacing.reserveSlot(), pacing.reserveSlot(), pacing.reserveSlot()]).toEqual([0, 1200, 2400]);
    vi.advanceTimersByTime(2400);
    pacing.accepted();
    expect(pacing.untilNextSlot()).toBe(1200);
  });

  it('pauses for as long as the limit after a refusal, or as long as the registry says', () => {
    const pacing = createFixedPacing({ requests: 50, seconds: 60 });
    refuse(pacing);
    expect(pacing.untilNextSlot()).toBe(60_000);
    refuse(pacing, 90_000);
    expect(pacing.untilNextSlot()).toBe(90_000);
  });
});
