import { describe, expect, it } from 'vitest';
import { listOf, oneOf, seconds, wholeNumber } from '../../../src/commands/shared/option-values.js';
import { errorOf } from '../error-of.js';

describe('wholeNumber', () => {
  const parse = wholeNumber(1, 63);

  it.each([
    ['1', 1],
    ['12', 12],
    ['63', 63],
    ['007', 7],
  ])('converts %j', (text, number) => {
    expect(parse(text)).toBe(number);
  });

  it.each(['0', '64', '-1', '1.5', '1e1', '0x10', ' 1', '١', 'x', '', 'Infinity'])('rejects %j', (text) => {
    expect(errorOf(parse, text)).toBe(`expected a whole number from 1 to 63, got "${text}"`);
  });
});

describe('seconds', () => {
  it.each([
    ['1', 1],
    ['0.25', 0.25],
    ['.5', 0.5],
    ['2.', 2],
    ['3600', 3600],
  ])('converts %j', (text, number) => {
    expect(seconds(text)).toBe(number);
  });

  it.each(['0', '0.0', '-1', '.', '1e3', '3s', '', 'x', 'NaN', 'Infinity', '3601', '1,5'])(
    'rejects %j',
    (text) => {
      expect(errorOf(seconds, text)).toBe(`expected a number of seconds above 0, up to 3600, got "${text}"`);
    },
  );
});

describe('oneOf', () => {
  const parse = oneOf(['text', 'json']);

  it('returns the choice', () => {
    expect(parse('json')).toBe('json');
  });

  it.each(['xml', 'free', '', '__proto__'])('rejects %j', (text) => {
    expect(errorOf(parse, text)).toBe(`expected one of text, json, got "${text}"`);
  });

  it.each([
    ['JSON', 'json'],
    ['json ', 'json'],
    ['jsno', 'json'],
    ['te', 'text'],
  ])('asks for %j whether %s was meant', (text, choice) => {
    expect(errorOf(parse, text)).toMatch(new RegExp(`, got "${text}": did you mean ${choice}\\?$`));
  });

  it('knows what others call a choice', () => {
    const status = oneOf(['live', 'absent'], { available: 'absent' });
    expect(errorOf(status, 'Available')).toBe(
      'expected one of live, absent, got "Available": did you mean absent?',
    );
    expect(errorOf(status, 'constructor')).toBe('expected one of live, absent, got "constructor"');
  });

  it('lists only the first of many choices if it can ask', () => {
    const letters = oneOf(['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota']);
    expect(errorOf(letters, 'gama')).toBe(
      'expected one of alpha, beta, gamma, …, got "gama": did you mean gamma?',
    );
  });
});

describe('listOf', () => {
  const parse = listOf(oneOf(['a', 'b', 'c']));

  it('splits a value at its commas, with or without spaces', () => {
    expect(parse('a,b')).toEqual(['a', 'b']);
    expect(parse(' a , b ')).toEqual(['a', 'b']);
  });

  it('adds the values of a repeated option', () => {
    expect(parse('c,a', parse('b'))).toEqual(['b', 'c', 'a']);
  });

  it('asks for commas if values are separated by spaces', () => {
    expect(errorOf(parse, 'a b')).toBe('separate values with commas, without spaces, got "a b"');
  });

  it.each(['', ',', 'a,', ',a', 'a,,a'])('rejects the empty item in %j', (text) => {
    expect(errorOf(parse, text)).toBe('expected one of a, b, c, got ""');
  });
});
