import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPace, type Pace } from '../../src/rdap/pace.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** Takes the next turn when it comes, and gives the milliseconds that it took to come. */
function takeTurn(pace: Pace): number {
  const wait = pace.nextTurn();
  vi.advanceTimersByTime(wait);
  return wait;
}

/** Milliseconds between two turns as it is now. */
function spacing(pace: Pace): number {
  takeTurn(pace);
  return takeTurn(pace);
}

function refuse(pace: Pace, retryAfter?: number): void {
  const sentAt = performance.now();
  vi.advanceTimersByTime(1);
  pace.refused(sentAt, retryAfter);
}

it('lets the first request go at once and the next ones one by one, some time apart', () => {
  const pace = openPace();
  expect(pace.nextTurn()).toBe(0);
  const [second, third] = [pace.nextTurn(), pace.nextTurn()];
  expect(second).toBeGreaterThanOrEqual(100);
  expect(third).toBe(2 * second);
});

it('does not save up turns while nothing is asked', () => {
  const pace = openPace();
  takeTurn(pace);
  vi.advanceTimersByTime(60_000);
  expect(takeTurn(pace)).toBe(0);
  expect(takeTurn(pace)).toBeGreaterThan(0);
});

it('gets faster with each answer, up to a limit', () => {
  const pace = openPace();
  const first = spacing(pace);
  pace.accepted();
  expect(spacing(pace)).toBeLessThan(first);
  for (let answers = 0; answers < 1000; answers++) pace.accepted();
  const fastest = spacing(pace);
  expect(fastest).toBeGreaterThanOrEqual(10);
  expect(fastest).toBeLessThan(first / 2);
});

describe('when it is refused', () => {
  it('gives way, and again, up to a limit', () => {
    const pace = openPace();
    const first = spacing(pace);
    refuse(pace);
    const second = spacing(pace);
    expect(second).toBeGreaterThan(1.5 * first);
    refuse(pace);
    expect(spacing(pace)).toBeGreaterThan(1.5 * second);
    for (let refusals = 0; refusals < 100; refusals++) refuse(pace);
    expect(spacing(pace)).toBeLessThanOrEqual(60_000);
  });

  it('recovers with the answers that follow', () => {
    const pace = openPace();
    const first = spacing(pace);
    refuse(pace);
    for (let answers = 0; answers < 100; answers++) pace.accepted();
    expect(spacing(pace)).toBeLessThan(first);
  });

  it('gives way once for all requests that were under way', () => {
    const [once, together] = [openPace(), openPace()];
    refuse(once);
    const sentAt = performance.now();
    vi.advanceTimersByTime(1);
    for (let requests = 0; requests < 4; requests++) together.refused(sentAt, undefined);
    expect(spacing(together)).toBe(spacing(once));
  });

  it('waits for as long as the registry says, and no turn comes before', () => {
    const pace = openPace();
    takeTurn(pace);
    refuse(pace, 5000);
    expect(pace.nextTurn()).toBe(5000);
    expect(pace.nextTurn()).toBeGreaterThan(5000);
  });

  it('never shortens a wait that was asked for before', () => {
    const pace = openPace();
    const sentAt = performance.now();
    vi.advanceTimersByTime(1);
    pace.refused(sentAt, 5000);
    pace.refused(sentAt, 0);
    pace.refused(sentAt, undefined);
    expect(pace.nextTurn()).toBe(5000);
  });
});
