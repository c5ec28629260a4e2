import { describe, expect, it } from 'vitest';
import { createRoundTripTime } from '../../../src/dns/resolver/round-trip-time.js';

function timeoutAfter(...samples: readonly number[]): number {
  const roundTripTime = createRoundTripTime();
  for (const sample of samples) roundTripTime.record(sample);
  return roundTripTime.timeout();
}

describe('isCongested', () => {
  it.each([
    ['there are no samples', [], false],
    ['all samples are alike', [40, 60, 45, 55], false],
    ['one sample is an outlier', [50, 50, 200], false],
    ['round trips get longer and longer', Array.from({ length: 30 }, (_, index) => 50 + 5 * index), true],
    [
      'round trips have become short again',
      [50, 50, ...Array<number>(40).fill(200), ...Array<number>(40).fill(60)],
      false,
    ],
  ])('tells whether queries queue up: %s', (_, samples, expected) => {
    const roundTripTime = createRoundTripTime();
    for (const sample of samples) roundTripTime.record(sample);
    expect(roundTripTime.isCongested()).toBe(expected);
  });
});

describe('timeout', () => {
  it('is 400 ms before the first sample', () => {
    expect(timeoutAfter()).toBe(400);
  });

  // RFC 6298 section 2.2: SRTT = R, RTTVAR = R/2, so SRTT + 4 RTTVAR = 3 R.
  it('is three times the first sample', () => {
    expect(timeoutAfter(100)).toBe(300);
    expect(timeoutAfter(250)).toBe(750);
  });

  // RFC 6298 section 2.3: RTTVAR = 3/4 RTTVAR + 1/4 |SRTT - R'| before SRTT = 7/8 SRTT + 1/8 R'.
  it.each([
    ['an equal sample', [100, 100], 100 + 4 * 37.5],
    ['a longer sample', [100, 180], 110 + 4 * 57.5],
    ['a shorter sample', [100, 20], 90 + 4 * 57.5],
    ['a longer sample and then one equal to the estimate', [100, 180, 110], 110 + 4 * 43.125],
  ])('takes into account %s', (_, samples, expected) => {
    expect(timeoutAfter(...samples)).toBeCloseTo(expected, 9);
  });

  it('approaches a round trip that stays the same', () => {
    expect(timeoutAfter(...Array<number>(100).fill(120))).toBeCloseTo(120, 3);
  });

  it('is never less than 40 ms', () => {
    expect(timeoutAfter(1)).toBe(40);
    expect(timeoutAfter(0)).toBe(40);
    expect(timeoutAfter(13)).toBe(40);
    expect(timeoutAfter(14)).toBe(42);
  });
});

describe('median', () => {
  it('is not known before the first sample, and is the first sample after it', () => {
    const roundTripTime = createRoundTripTime();
    expect(roundTripTime.median()).toBeUndefined();
    roundTripTime.record(40);
    expect(roundTripTime.median()).toBe(40);
  });

  it('is near the median of many samples, whatever a few outliers are', () => {
    const roundTripTime = createRoundTripTime();
    for (let index = 0; index < 2000; index++)
      roundTripTime.record(index % 10 === 0 ? 5000 : 20 + (index % 21));
    expect(roundTripTime.median()).toBeGreaterThan(27);
    expect(roundTripTime.median()).toBeLessThan(35);
  });
});
