import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeOf, whyUnusable } from '../../src/util/error-code.js';

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

describe('whyUnusable', () => {
  const failure = (code: string) => Object.assign(new Error('failed'), { code });

  it.each([
    ['ENOENT', 'there is no such file', 'there is no such folder'],
    ['EACCES', 'you do not have permission to read it', 'you do not have permission to write it'],
    ['ENOTDIR', 'a part of the path is not a folder', 'a part of the path is not a folder'],
    ['EIO', 'it cannot be read (EIO)', 'it cannot be written (EIO)'],
  ])('explains %s', (code, reading, writing) => {
    expect(whyUnusable(failure(code), 'read')).toBe(reading);
    expect(whyUnusable(failure(code), 'write')).toBe(writing);
  });

  it('shows the message of an error without a code', () => {
    expect(whyUnusable(new Error('too short'), 'write')).toBe('it cannot be written (too short)');
  });
});
