import { describe, expect, it } from 'vitest';
import {
  createRoundTripTime,
  expectedWithin,
  isCongested,
  recordRoundTrip,
} from '../../../src/dns/resolver/round-trip-time.js';

function timeAfter(...samples: readonly number[]) {
  const time = createRoundTripTime();
  for (const sample of samples) recordRoundTrip(time, sample);
  return time;
}

describe('expectedWithin', () => {
  it('is not known before the first sample', () => {
    expect(expectedWithin(timeAfter())).toBeUndefined();
  });

  // RFC 6298 section 2.2: SRTT = R, RTTVAR = R/2, so SRTT + 4 RTTVAR = 3 R.
  it('is three times the first sample', () => {
    expect(expectedWithin(timeAfter(100))).toBe(300);
    expect(expectedWithin(timeAfter(250))).toBe(750);
  });

  // RFC 6298 section 2.3: RTTVAR = 3/4 RTTVAR + 1/4 |SRTT - R'| before SRTT = 7/8 SRTT + 1/8 R'.
  it.each([
    ['an equal sample', [100, 100], 100 + 4 * 37.5],
    ['a longer sample', [100, 180], 110 + 4 * 57.5],
    ['a shorter sample', [100, 20], 90 + 4 * 57.5],
    ['a longer sample and then one equal to the estimate', [100, 180, 110], 110 + 4 * 43.125],
  ])('takes into account %s', (_, samples, expected) => {
    expect(expectedWithin(timeAfter(...samples))).toBeCloseTo(expected, 9);
  });
});

describe('the shortest round trip', () => {
  it('is infinite before the first sample', () => {
    expect(timeAfter().shortest).toBe(Number.POSITIVE_INFINITY);
  });

  it('is the shortest sample', () => {
    expect(timeAfter(30, 20, 40).shortest).toBe(20);
  });
});

describe('isCongested', () => {
  it('is false before the first sample', () => {
    expect(isCongested(timeAfter())).toBe(false);
  });

  it('is true if round trips take more than 1.5 times as long as the shortest', () => {
    expect(isCongested({ ...timeAfter(100), smoothed: 150 })).toBe(false);
    expect(isCongested({ ...timeAfter(100), smoothed: 150.1 })).toBe(true);
  });
});

describe('the median', () => {
  it('is not known before the first sample, and is the first sample after it', () => {
    expect(timeAfter().median).toBeUndefined();
    expect(timeAfter(40).median).toBe(40);
  });

  it.each([
    ['up by a fiftieth with a longer sample', 5000, 40.8],
    ['down by a fiftieth with a shorter sample', 1, 39.2],
    ['nowhere with an equal sample', 40, 40],
  ])('moves %s', (_, sample, expected) => {
    expect(timeAfter(40, sample).median).toBeCloseTo(expected, 9);
  });
});
