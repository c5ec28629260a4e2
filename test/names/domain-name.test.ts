import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseName } from '../../src/names/domain-name.js';
import { anyString } from '../helpers/any-string.js';

const label = (length: number) => 'a'.repeat(length);
const nameOf = (...lengths: number[]) => lengths.map(label).join('.');

function problemOf(text: string): string {
  const parsed = parseName(text);
  return 'problem' in parsed ? parsed.problem : `no problem: ${parsed.name}`;
}

describe('parseName lower-cases a name and converts it to its ASCII form', () => {
  it.each([
    ['lower-case letters', 'abc', 'abc'],
    ['upper-case letters', 'ABC.Dev', 'abc.dev'],
    ['digits and a hyphen', 'x1-y.co.uk', 'x1-y.co.uk'],
    ['a number', '1', '1'],
    ['three numbers', '1.2.3', '1.2.3'],
    ['fullwidth letters', 'ａｂｃ.dev', 'abc.dev'],
    ['fullwidth digits', '１２.dev', '12.dev'],
    ['an ideographic full stop', '例。com', 'xn--fsq.com'],
    ['a fullwidth full stop', 'a．dev', 'a.dev'],
    ['a halfwidth ideographic full stop', 'a｡dev', 'a.dev'],
    ['a soft hyphen', 'a\u00adb.dev', 'ab.dev'],
    ['a Kelvin sign', '\u212a.dev', 'k.dev'],
  ])('with %s', (_, text, name) => {
    expect(parseName(text)).toMatchObject({ name });
  });

  // Published pairs: the root zone's рф and 中国, IANA's test domain 例え.テスト, and ß as IDNA 2008 keeps it (RFC 5894).
  it.each([
    ['bücher.dev', 'xn--bcher-kva.dev'],
    ['straße.de', 'xn--strae-oqa.de'],
    ['faß.de', 'xn--fa-hia.de'],
    ['рф', 'xn--p1ai'],
    ['中国', 'xn--fiqs8s'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['💩.la', 'xn--ls8h.la'],
  ])('so that %s becomes %s, and returns the same for either form', (unicode, name) => {
    expect(parseName(unicode)).toEqual({ name, unicode });
    expect(parseName(name)).toEqual({ name, unicode });
    expect(parseName(name.toUpperCase())).toEqual({ name, unicode });
    expect(parseName(`${unicode}.`)).toEqual({ name, unicode });
  });

  it('whatever the letter case and the composition of its letters', () => {
    expect(parseName('BÜCHER.DEV')).toEqual(parseName('bücher.dev'));
    expect(parseName('bu\u0308cher.dev')).toEqual(parseName('b\u00fccher.dev'));
  });

  it('with no Unicode form if it would be the same', () => {
    expect(parseName('Fass.de')).toEqual({ name: 'fass.de' });
  });

  it('and does not turn numbers into an IP address', () => {
    expect(parseName('0x7f.1')).toEqual({ name: '0x7f.1' });
    expect(parseName('0X7F')).toEqual({ name: '0x7f' });
    expect(parseName('2130706433')).toEqual({ name: '2130706433' });
    expect(parseName('bücher.0x7f')).toMatchObject({ name: 'xn--bcher-kva.0x7f' });
  });
});

describe('parseName rejects', () => {
  it.each([
    'a/b.dev',
    'a@b',
    'a?b',
    'a#b',
    'a:80',
    'a%41',
    '%61.dev',
    'a\\b',
    'a b',
    ' a',
    'a\tb',
    'a,b',
    '*.dev',
  ])('%j', (text) => {
    expect(problemOf(text)).toMatch(/^expected a word or a domain name, got "/);
  });

  it.each(['／', '？', '＃', '＠', '：', '％41', '＼', '\u3000', '＿', '℀'])(
    'a%sb, which IDNA maps to an ASCII character that ends a host or is not allowed in one',
    (character) => {
      expect(problemOf(`a${character}b`)).toMatch(/^expected a word or a domain name/);
      expect(problemOf(`a${character}b.dev`)).toMatch(/^expected a word or a domain name/);
    },
  );

  it.each(['_', '_a', 'a_b.dev', '_dmarc.example.com', '__file__'])('an underscore: %s', (text) => {
    expect(problemOf(text)).toContain('"_"');
  });

  it.each(['xn--a', 'XN--A', 'xn--', 'xn--abc', 'xn--a.dev', 'dev.xn--a', 'xn--99999999', 'xn--iñvalid'])(
    'Punycode that does not decode to a name: %s',
    (text) => {
      expect(problemOf(text)).toContain('IDNA');
    },
  );

  it.each([
    ['a joiner between letters that it cannot join', 'a\u200db'],
    ['a label with letters of both directions', 'אa'],
    ['half a surrogate pair', '\ud800'],
    ['a soft hyphen alone', '\u00ad'],
  ])('%s', (_, text) => {
    expect(problemOf(text)).toMatch(/^expected a word or a domain name/);
  });

  it.each(['127.0.0.1', '256.1.1.1', '1.2.3.4.', '１.２.３.４', '1。2。3。4'])(
    'the IP address %s',
    (text) => {
      expect(problemOf(text)).toContain('IP address');
    },
  );
});

describe('parseName says what is wrong with', () => {
  it.each([
    ['an empty text', '', 'it has an empty label'],
    [
      'a character that no name contains',
      'two words',
      'only letters, digits and hyphens are allowed, not " "',
    ],
    ['an IP address', '192.0.2.1', 'this is an IP address'],
    ['Punycode that does not decode', 'xn--', 'it is not a valid internationalized name (IDNA)'],
    ['a hyphen at the start', '-a', 'a label must begin and end with a letter or a digit'],
    [
      'hyphens in the third and fourth positions',
      'ab--c',
      'the third and fourth characters of a label may be "--" only after "xn"',
    ],
  ])('%s', (_, text, reason) => {
    expect(parseName(text)).toEqual({
      problem: `expected a word or a domain name, got "${text}": ${reason}`,
    });
  });
});

describe('parseName', () => {
  it.each(['a-b', 'a--b', 'abc--d', 'a-b-c.d-e', 'abc---d'])('accepts hyphens inside a label: %s', (name) => {
    expect(parseName(name)).toEqual({ name });
  });

  it.each(['-', '-a', 'a-', '-a.dev', 'a-.dev', 'a.-dev', 'a.dev-', 'xn--bcher-kva-', 'a.dev-.'])(
    'rejects a hyphen at the start or the end of a label: %s',
    (text) => {
      expect(problemOf(text)).toMatch(/^expected a word or a domain name/);
    },
  );

  it.each(['ab--c', 'ab--c.dev', 'a.de--v', 'aa--bb', 'xm--a', 'AB--C'])(
    'rejects hyphens in the third and fourth positions, except after xn: %s',
    (text) => {
      expect(problemOf(text)).toContain('"--"');
    },
  );

  it('accepts at most 63 octets in a label', () => {
    expect(parseName(label(63))).toEqual({ name: label(63) });
    expect(problemOf(label(64))).toMatch(/: one label is 64 octets long, and a label may have at most 63$/);
    expect(problemOf(`dev.${label(64)}`)).toMatch(/64 octets.*63/);
  });

  it('counts the octets of the ASCII form', () => {
    expect(problemOf(`${label(59)}ü`)).toContain('octets');
    expect(parseName(`${label(50)}ü`)).toHaveProperty('unicode', `${label(50)}ü`);
  });

  it('accepts at most 253 octets in a name, not counting a trailing dot', () => {
    const longest = nameOf(63, 63, 63, 61);
    expect(longest).toHaveLength(253);
    expect(parseName(longest)).toEqual({ name: longest });
    expect(parseName(`${longest}.`)).toEqual({ name: longest });
    expect(problemOf(nameOf(63, 63, 63, 62))).toMatch(
      /: it is 254 octets long, and a name may have at most 253$/,
    );
  });

  it.each(['', '.', '..', '.dev', 'a..dev', 'a.dev..', '...'])('rejects an empty label: %j', (text) => {
    expect(problemOf(text)).toContain('empty label');
  });

  it('drops one trailing dot', () => {
    expect(parseName('a.')).toEqual({ name: 'a' });
    expect(parseName('a.dev.')).toEqual({ name: 'a.dev' });
  });
});

describe('parseName for a pasted URL', () => {
  it.each([
    ['https://example.com', 'example.com'],
    ['https://example.com/path?query#part', 'example.com'],
    ['HTTP://WWW.Example.COM/', 'www.example.com'],
    ['https://user:secret@example.com:8443/', 'example.com'],
    ['//example.com/', 'example.com'],
    ['example.com/path', 'example.com'],
    ['example.com:8080', 'example.com'],
    ['someone@example.com', 'example.com'],
    ['mailto:someone@example.com', 'example.com'],
    ['http://bücher.dev/', 'xn--bcher-kva.dev'],
    ['例え.テスト/x', 'xn--r8jz45g.xn--zckzah'],
    ['https://example.com./', 'example.com'],
    ['git://GitHub.com/x', 'github.com'],
    ['example.com?query', 'example.com'],
  ])('such as %s names the host that was probably meant, %s', (text, host) => {
    expect(problemOf(text)).toMatch(/did you mean \S+\?$/);
    expect(problemOf(text)).toContain(`did you mean ${host}?`);
  });

  it.each([
    'http://',
    'https://10.0.0.1/',
    '10.0.0.1:53',
    'http://[::1]/',
    'http://a.dev:99999/',
    '/etc/passwd',
    '://',
  ])('names no host if there is none to name: %s', (text) => {
    expect(problemOf(text)).not.toContain('did you mean');
    expect(problemOf(text)).toMatch(/^expected a word or a domain name/);
  });

  it.each([
    ['*.x.com', '"*." stands for all names below x.com: did you mean x.com?'],
    ['1,x.com', 'it has 2 columns: expected one name'],
    ['x.com;a;1', 'it has 3 columns: expected one name'],
  ])('says what is wrong with %s', (text, why) => {
    expect(problemOf(text)).toBe(`expected a word or a domain name, got "${text}": ${why}`);
  });

  it('does not name a host that is not valid itself', () => {
    expect(problemOf('https://xn--a.com/')).not.toContain('did you mean');
    expect(problemOf('foo://xn--a.com/')).not.toContain('did you mean');
  });

  it('names the host that was probably meant, whatever the domain', () => {
    const names = fc.domain().filter((domain) => 'name' in parseName(domain));
    const pasted = fc.constantFrom(
      (name: string) => `https://${name}/x?y#z`,
      (name: string) => `${name}:8080`,
      (name: string) => `a.b@${name}`,
      (name: string) => `${name}/`,
    );
    fc.assert(
      fc.property(names, pasted, (name, paste) => {
        expect(problemOf(paste(name))).toContain(`did you mean ${name}?`);
      }),
    );
  });
});

describe('parseName for any text', () => {
  const separators = fc.constantFrom(
    '.',
    '。',
    '-',
    '--',
    'xn--',
    '/',
    ':',
    '@',
    '%',
    '\u00ad',
    '\u200d',
    '\n',
    '\x1b',
    '',
  );
  const part = fc.oneof(
    anyString({ maxLength: 4 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.string({ unit: fc.constantFrom(...'abXYZ01ßüİſ١א'), maxLength: 8 }),
    fc.nat({ max: 70 }).map(label),
    separators,
  );
  const anyText = fc.oneof(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.domain(),
    fc.webUrl(),
    fc.emailAddress(),
    fc.string({ unit: fc.constantFrom(...'abkxz0189-'), maxLength: 12 }).map((digits) => `xn--${digits}`),
  );
  const runs = { numRuns: 3000 };

  it('returns a name or a problem and does not throw', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseName(text);
        expect('name' in parsed).not.toBe('problem' in parsed);
      }),
      runs,
    );
  });

  it('returns only labels of letters, digits and hyphens, within the limits', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseName(text);
        if ('problem' in parsed) return;
        expect(parsed.name.length).toBeLessThanOrEqual(253);
        for (const part of parsed.name.split('.')) {
          expect(part).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
          expect(part).toMatch(/^(xn|(?!..--))/);
        }
      }),
      runs,
    );
  });

  it('accepts both forms of a name that it returned, and returns the same', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseName(text);
        if ('problem' in parsed) return;
        expect(parseName(parsed.name)).toEqual(parsed);
        expect(parseName(parsed.unicode ?? parsed.name)).toEqual(parsed);
      }),
      { ...runs, examples: [['xn---1xa']] },
    );
  });

  it('ignores letter case', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const parsed = parseName(domain);
        fc.pre('name' in parsed);
        expect(parseName(domain.toUpperCase())).toEqual(parsed);
      }),
    );
  });

  it('describes a problem in one short line that says what was expected and what was got', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseName(text);
        if ('name' in parsed) return;
        expect(parsed.problem).toMatch(/^expected .+, got ".*": ./);
        expect(parsed.problem).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(parsed.problem.length).toBeLessThan(600);
      }),
      runs,
    );
  });

  it('names only hosts that are valid', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const host = / did you mean (.*)\?$/.exec(problemOf(text))?.[1];
        if (host !== undefined) expect(parseName(host)).toMatchObject({ name: host });
      }),
      runs,
    );
  });
});
