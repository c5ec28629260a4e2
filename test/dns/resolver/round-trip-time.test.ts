import { describe, expect, test } from 'vitest';
import { createRoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';

function timeoutAfter(...samples: readonly number[]): number {
  const roundTrip = createRoundTripTime();
  for (const sample of samples) roundTrip.record(sample);
  return roundTrip.timeout();
}

test.each([
  ['none was measured', [], false],
  ['all are alike', [40, 60, 45, 55], false],
  ['one is an exception', [50, 50, 200], false],
  ['they take longer and longer', Array.from({ length: 30 }, (_, index) => 50 + 5 * index), true],
  [
    'they take no longer any more',
    [50, 50, ...Array<number>(40).fill(200), ...Array<number>(40).fill(60)],
    false,
  ],
])('a server is congested or not where %s', (_, samples, expected) => {
  const roundTrip = createRoundTripTime();
  for (const sample of samples) roundTrip.record(sample);
  expect(roundTrip.isCongested()).toBe(expected);
});

describe('the time to wait for a reply', () => {
  test('is 400 ms before any round trip was measured', () => {
    expect(timeoutAfter()).toBe(400);
  });

  // RFC 6298 section 2.2: SRTT = R, RTTVAR = R/2, so SRTT + 4 RTTVAR = 3 R.
  test('is three times the first round trip', () => {
    expect(timeoutAfter(100)).toBe(300);
    expect(timeoutAfter(250)).toBe(750);
  });

  // RFC 6298 section 2.3: RTTVAR = 3/4 RTTVAR + 1/4 |SRTT - R'| before SRTT = 7/8 SRTT + 1/8 R'.
  test.each([
    ['the same again', [100, 100], 100 + 4 * 37.5],
    ['a slower one', [100, 180], 110 + 4 * 57.5],
    ['a faster one', [100, 20], 90 + 4 * 57.5],
    ['then one like the estimate', [100, 180, 110], 110 + 4 * 43.125],
  ])('weighs in %s', (_, samples, expected) => {
    expect(timeoutAfter(...samples)).toBeCloseTo(expected, 9);
  });

  test('closes in on a round trip that stays the same', () => {
    expect(timeoutAfter(...Array<number>(100).fill(120))).toBeCloseTo(120, 3);
  });

  test('is never less than 40 ms', () => {
    expect(timeoutAfter(1)).toBe(40);
    expect(timeoutAfter(0)).toBe(40);
    expect(timeoutAfter(13)).toBe(40);
    expect(timeoutAfter(14)).toBe(42);
  });
});
