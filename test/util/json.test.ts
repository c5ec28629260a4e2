import { describe, expect, it } from 'vitest';
import { isObject, parseJson } from '../../src/util/json.js';

describe('parseJson', () => {
  it('parses JSON', () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
  });

  it.each(['', '{', "{'a':1}"])('returns undefined for %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });
});

describe('isObject', () => {
  it.each([{}, { a: 1 }, new Date()])('is true of %j', (value) => {
    expect(isObject(value)).toBe(true);
  });

  it.each([undefined, null, 'text', 1, [], () => {}])('is false of %j', (value) => {
    expect(isObject(value)).toBe(false);
  });
});
