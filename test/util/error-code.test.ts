import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/util/error-code.js';

describe('codeOf', () => {
  it('returns the code of an error of the system', () => {
    let thrown: unknown;
    try {
      readFileSync('missing/file');
    } catch (error) {
      thrown = error;
    }
    expect(codeOf(thrown)).toBe('ENOENT');
  });

  it.each([new Error('no code'), 'text', undefined])('returns undefined for %s', (error) => {
    expect(codeOf(error)).toBeUndefined();
  });
});
