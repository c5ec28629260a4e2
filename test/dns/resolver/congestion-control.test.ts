import { describe, expect, it } from 'vitest';
import {
  createCongestionControl,
  hasRoom,
  orderOf,
  recordReply,
} from '../../../src/dns/resolver/congestion-control.js';
import type { RoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';
import { answer, answerLate, forget, limitedControl, lose, refuse, roundTrips, send } from './congesting.js';

describe('the window of an upstream', () => {
  it('holds 64 queries at first, or as many as are given', () => {
    expect(createCongestionControl().window).toBe(64);
    expect(createCongestionControl(8).window).toBe(8);
  });

  it('has room while fewer queries are in flight than it holds', () => {
    expect(hasRoom(createCongestionControl(8), 7, 0)).toBe(true);
    expect(hasRoom(createCongestionControl(8), 8, 0)).toBe(false);
  });

  it('grows by one with each reply', () => {
    const control = createCongestionControl(40);
    answer(control, send(control, 40, 0), 3, 50);
    expect(control.window).toBe(43);
  });

  it('is not all that a reply changes: it tells when the upstream last answered', () => {
    const control = createCongestionControl();
    answer(control, send(control, 1, 0), 1, 50);
    expect(control.rate.answeredAt).toBe(50);
  });

  it('grows also while the rate has a limit', () => {
    const control = limitedControl();
    answer(control, send(control, 1, 0), 1, 50);
    expect(control.window).toBe(65);
  });

  it('neither shrinks nor grows with anything else before the upstream has answered', () => {
    const control = createCongestionControl(40);
    const round = send(control, 40, 0);
    lose(control, round, 20, 50);
    answerLate(control, round, 5, 50);
    refuse(control, round, 10, 10, 50);
    forget(control, round, 10, 50);
    expect(control.window).toBe(40);
  });
});

describe('the window of an upstream with at least 512 queries', () => {
  /** A window after one more reply. */
  function grown(window: number, time: RoundTripTime): number {
    const control = createCongestionControl(window);
    recordReply(control, time, send(control, 1, 0), 'first', 0, 0);
    return control.window;
  }

  it('grows only to 100 queries for each millisecond of the shortest round trip', () => {
    expect(grown(511, roundTrips(0.1))).toBe(512);
    expect(grown(512, roundTrips(0.1))).toBe(512);
    expect(grown(1999, roundTrips(20))).toBe(2000);
    expect(grown(2000, roundTrips(20))).toBe(2000);
  });

  it('never grows beyond 8,192', () => {
    expect(grown(8191, roundTrips(100))).toBe(8192);
    expect(grown(8192, roundTrips(100))).toBe(8192);
  });

  it('does not grow while round trips take much longer than the shortest', () => {
    const congested = roundTrips(20, ...Array.from({ length: 20 }, () => 100));
    expect(grown(511, congested)).toBe(512);
    expect(grown(512, congested)).toBe(512);
  });
});

describe('the rate of an upstream with a limit', () => {
  it('leaves room for 10 ms at the rate, and then for one query at a time', () => {
    const control = limitedControl();
    expect(hasRoom(control, 0, 1000)).toBe(true);
    send(control, 10, 1000);
    expect(hasRoom(control, 0, 1000)).toBe(false);
    expect(hasRoom(control, 0, 1001)).toBe(true);
    send(control, 1, 1001);
    expect(hasRoom(control, 0, 1001)).toBe(false);
  });

  it('leaves no room beyond the window', () => {
    expect(hasRoom(limitedControl(), 64, 1000)).toBe(false);
  });
});

describe('the order of an attempt', () => {
  it('is first, second, or later for all others', () => {
    expect([1, 2, 3, 4].map(orderOf)).toEqual(['first', 'second', 'later', 'later']);
  });
});
