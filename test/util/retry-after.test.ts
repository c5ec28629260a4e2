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

  it('reads a date as the time until then', () => {
    const now = new Date('2026-01-02T03:04:05Z');
    expect(readRetryAfter('Fri, 02 Jan 2026 04:04:07 GMT', now)).toBe(3_602_000);
  });

  it.each([undefined, null, '', 'soon', '\u0000'])('reads nothing from %j', (header) => {
    expect(readRetryAfter(header)).toBeUndefined();
  });
});
