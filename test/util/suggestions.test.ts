import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/util/suggestions.js';

const choices = ['tld', 'timeout', 'tries', 'min-length', 'max-length', 'no-canary', 'c'];

describe('nearest', () => {
  it.each([
    ['an added letter', 'tlds', 'tld'],
    ['a missing letter', 'timout', 'timeout'],
    ['exchanged letters', 'tdl', 'tld'],
    ['a wrong letter', 'trees', 'tries'],
    ['another letter case', 'TLD', 'tld'],
    ['another separator', 'max_length', 'max-length'],
    ['only the beginning', 'min', 'min-length'],
    ['only the end', 'canary', 'no-canary'],
  ])('finds the choice for %s', (_what, text, choice) => {
    expect(nearest(text, choices)).toBe(choice);
  });

  it.each(['', 'x', 'quiet', 'ab', 'ary', 'concurrency'])('finds nothing for %j', (text) => {
    expect(nearest(text, choices)).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('is a question about the nearest choice, or nothing', () => {
    expect(didYouMean('tdl', choices)).toBe(': did you mean tld?');
    expect(didYouMean('quiet', choices)).toBe('');
  });
});
