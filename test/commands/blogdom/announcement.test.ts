import { describe, expect, it } from 'vitest';
import { announcementOf } from '../../../src/commands/blogdom/announcement.js';

const plain = { confirm: undefined };
const confirm = { scope: 'all', timeout: 1000, bootstrap: undefined, cacheFolder: undefined } as const;
const many = { names: 456_976, isEstimate: false };

describe('announcementOf', () => {
  it('says how many names there are, and about how long they take', () => {
    expect(announcementOf(many, plain)).toBe('456,976 names: about 46 s at 10,000 names a second');
  });

  it('says that the number is an estimate', () => {
    expect(announcementOf({ ...many, isEstimate: true }, plain)).toMatch(/^about 456,976 names: /);
  });

  it('heeds a limit on the rate, and the registries', () => {
    expect(announcementOf(many, { ...plain, rate: 100 })).toBe(
      '456,976 names: about 1 h 16 min at 100 queries a second',
    );
    expect(announcementOf(many, { ...plain, confirm })).toMatch(
      / names a second, and longer for the registries$/,
    );
  });

  it('is not made for up to 10,000 names', () => {
    expect(announcementOf({ names: 10_000, isEstimate: false }, plain)).toBeUndefined();
    expect(announcementOf({ names: 10_001, isEstimate: false }, plain)).toBeDefined();
  });
});
