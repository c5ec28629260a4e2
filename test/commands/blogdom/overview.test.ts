import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../../src/commands/blogdom/overview.js';

describe('summaryOf', () => {
  it.each([
    [{ live: 9, taken: 1, absent: 8, unknown: 0 }, 0.12, '18 names in 0.12 s: 9 live, 1 taken, 8 absent'],
    [{ live: 1 }, 3.14, '1 name in 3.1 s: 1 live'],
    [{ live: 1000, absent: 1234 }, 125, '2,234 names in 2 min 5 s: 1,000 live, 1,234 absent'],
    [{ live: 0 }, 0.01, '0 names in 0.01 s'],
  ])('sums up %j', (counts, seconds, text) => {
    expect(summaryOf(counts, seconds, false, 0)).toBe(text);
  });

  it('says that a run was interrupted', () => {
    expect(summaryOf({ live: 2 }, 3, true, 0)).toBe('interrupted after 2 names in 3.0 s: 2 live');
  });

  it('says how many names an earlier run has answered', () => {
    expect(summaryOf({ live: 2 }, 3, false, 1234)).toBe(
      '2 names in 3.0 s: 2 live; 1,234 already had an answer',
    );
  });
});
