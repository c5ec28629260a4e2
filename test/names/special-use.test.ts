import { describe, expect, it } from 'vitest';
import { explainSpecialUse, specialUseOf } from '../../src/names/special-use.js';

describe('a name of special use', () => {
  it.each([
    ['x.onion', 'RFC 7686', false],
    ['x.local', 'RFC 6762', false],
    ['x.localhost', 'RFC 6761', false],
    ['x.invalid', 'RFC 6761', false],
    ['x.alt', 'RFC 9476', false],
    ['x.test', 'RFC 6761', true],
    ['x.example', 'RFC 6761', true],
    ['x.example.com', 'RFC 6761', true],
    ['x.example.net', 'RFC 6761', true],
    ['x.example.org', 'RFC 6761', true],
    ['x.home.arpa', 'RFC 8375', true],
    ['x.internal', 'ICANN', true],
    ['x.arpa', 'RFC 3172', true],
  ])('is one like %s, reserved by %s', (name, source, isAsked) => {
    expect(specialUseOf(name)).toMatchObject({ source, isAsked });
    expect(specialUseOf(`a.b.${name}`)).toMatchObject({ source, isAsked });
  });

  it.each(['onion', 'localhost', 'test', 'example.com', 'home.arpa', 'internal'])('is %s itself', (name) =>
    expect(specialUseOf(name)).toBeDefined(),
  );

  it.each([
    'dev',
    'x.dev',
    'test.dev',
    'onion.com',
    'x.com',
    'example.co.uk',
    'example.dev',
    'myexample.com',
    'x.myexample.com',
    'example.com.dev',
    'mytest',
    'x.mytest',
    'constructor',
  ])('is not %s', (name) => expect(specialUseOf(name)).toBeUndefined());

  it('has a reason that names who has reserved it', () => {
    expect(explainSpecialUse({ source: 'RFC 7686', isAsked: false, isPrivate: false })).toBe(
      'reserved by RFC 7686: nobody can register it',
    );
  });
});

it.each([
  ['test', true],
  ['internal', true],
  ['home.arpa', true],
  ['arpa', false],
  ['example', false],
  ['onion', false],
])('.%s is meant for private networks: %s', (name, isPrivate) => {
  expect(specialUseOf(name)?.isPrivate).toBe(isPrivate);
});
