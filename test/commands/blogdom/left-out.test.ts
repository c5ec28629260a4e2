import { describe, expect, it } from 'vitest';
import { describeLeftOut } from '../../../src/commands/blogdom/left-out.js';
import type { Status } from '../../../src/probe/result.js';

const leftOut = (unregistered: number, ...only: readonly Status[]) =>
  describeLeftOut({ live: 1, taken: 0, absent: 0, unregistered, unknown: 0 }, { only: new Set(only) });

describe('describeLeftOut', () => {
  it('says that --only absent leaves out unregistered names', () => {
    expect(leftOut(1, 'absent')).toBe('1 name is unregistered, not absent: --only free prints both');
    expect(leftOut(4, 'absent', 'live')).toBe(
      '4 names are unregistered, not absent: --only free prints both',
    );
  });

  it('says nothing if there is none, or they are wanted, or absent ones are not', () => {
    expect(leftOut(0, 'absent')).toBeUndefined();
    expect(leftOut(4, 'absent', 'unregistered')).toBeUndefined();
    expect(leftOut(4, 'live')).toBeUndefined();
  });
});
