import { describe, expect, it } from 'vitest';
import { readRetryAfter } from '../../src/util/retry-after.js';

describe('readRetryAfter', () => {
  it.each([
    ['0', 0],
    ['2', 2000],
    [' 120 ', 120_000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
  ])('reads %j as %i ms', (header, milliseconds) => {
    expect(readRetryAfter(header)).toBe(milliseconds);
  });

  it('reads a date in the future', () => {
    const inOneHour = new Date(Date.now() + 3_600_000).toUTCString();
    const milliseconds = readRetryAfter(inOneHour);
    expect(milliseconds).toBeGreaterThan(3_500_000);
    expect(milliseconds).toBeLessThanOrEqual(3_600_000);
  });

  it.each([undefined, null, '', 'soon', '\u0000'])('reads nothing from %j', (header) => {
    expect(readRetryAfter(header)).toBeUndefined();
  });
});
