import { describe, expect, it } from 'vitest';
import { server, suffix, suffixOrGroup } from '../../../../src/commands/blogdom/option-groups/values.js';
import { errorOf } from '../../error-of.js';

describe('suffix', () => {
  it.each([
    ['dev', 'dev'],
    ['.dev', 'dev'],
    ['.Co.UK', 'co.uk'],
    ['com.br.', 'com.br'],
    ['xn--fiqs8s', 'xn--fiqs8s'],
    ['中国', 'xn--fiqs8s'],
  ])('converts %j to %s', (text, name) => {
    expect(suffix(text)).toEqual(expect.objectContaining({ name }));
  });

  it.each(['_x', '..dev', 'a..b', '.', 'https://dev/', 'a b', '-dev', 'xn--a', '*', ''])(
    'rejects %j',
    (text) => {
      expect(errorOf(suffix, text)).toBe(`expected a domain such as dev or co.uk, got "${text}"`);
    },
  );
});

describe('suffixOrGroup', () => {
  it.each([
    ['popular', 'popular'],
    ['Popular', 'popular'],
    ['com', { name: 'com' }],
    ['中国', { name: 'xn--fiqs8s' }],
    ['co.uk', { name: 'co.uk' }],
    ['internal', { name: 'internal' }],
    ['.newest', { name: 'newest' }],
    ['box.lan', { name: 'box.lan' }],
  ])('converts %j', (text, value) => {
    expect(suffixOrGroup(text)).toEqual(typeof value === 'string' ? value : expect.objectContaining(value));
  });

  it.each([
    ['populr', 'there is no top-level domain "populr": did you mean popular?'],
    ['ocm', 'there is no top-level domain "ocm": did you mean com?'],
    [
      'newest-of-all',
      'there is no top-level domain "newest-of-all": .newest-of-all is looked up nevertheless',
    ],
    ['*', 'expected a domain such as dev or co.uk, got "*"'],
  ])('rejects %j', (text, message) => {
    expect(errorOf(suffixOrGroup, text)).toBe(message);
  });
});

describe('server', () => {
  it('converts what parseServer understands', () => {
    expect(server('192.0.2.1')).toMatchObject({ url: 'udp://192.0.2.1:53' });
    expect(server('system')).toMatchObject({ url: 'system' });
  });

  it('rejects everything else with what is wrong, or with examples of what it takes', () => {
    expect(errorOf(server, '192.0.2.1:99999')).toBe(
      'expected a port from 1 to 65535, got "99999" in "192.0.2.1:99999"',
    );
    expect(errorOf(server, 'bad')).toMatch(
      /^expected a name server .*192\.0\.2\.1.* or authority, got "bad"$/,
    );
  });
});

describe('the error for a value', () => {
  it('shortens a long value and spells out its control characters', () => {
    const message = errorOf(suffix, `a\n\x1b[31m${'b'.repeat(1000)}`);
    expect(message).toMatch(/got "a\\x0a\\x1b\[31m.*…b+"$/);
    expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(message.length).toBeLessThan(200);
  });
});
