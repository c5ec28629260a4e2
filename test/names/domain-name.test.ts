import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseName } from '../../src/names/domain-name.js';

const label = (length: number) => 'a'.repeat(length);
const nameOf = (...lengths: number[]) => lengths.map(label).join('.');

function problemOf(text: string): string {
  const parsed = parseName(text);
  return 'problem' in parsed ? parsed.problem : `none: it is taken for ${parsed.name}`;
}

describe('a name is lower-cased and converted to its ASCII form', () => {
  test.each([
    ['abc', 'abc'],
    ['ABC.Dev', 'abc.dev'],
    ['x1-y.co.uk', 'x1-y.co.uk'],
    ['1', '1'],
    ['1.2.3', '1.2.3'],
    ['fullwidth letters ａｂｃ.dev', 'abc.dev'],
    ['fullwidth digits １２.dev', '12.dev'],
    ['ideographic full stop 例。com', 'xn--fsq.com'],
    ['fullwidth full stop a．dev', 'a.dev'],
    ['halfwidth ideographic full stop a｡dev', 'a.dev'],
    ['soft hyphen a\u00adb.dev', 'ab.dev'],
    ['Kelvin sign \u212a.dev', 'k.dev'],
  ])('%s', (described, name) => {
    const text = described.split(' ').at(-1) ?? '';
    expect(parseName(text)).toMatchObject({ name });
  });

  // Published pairs: the root zone's рф and 中国, IANA's test domain 例え.テスト, and ß as IDNA 2008 keeps it (RFC 5894).
  test.each([
    ['bücher.dev', 'xn--bcher-kva.dev'],
    ['straße.de', 'xn--strae-oqa.de'],
    ['faß.de', 'xn--fa-hia.de'],
    ['рф', 'xn--p1ai'],
    ['中国', 'xn--fiqs8s'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['💩.la', 'xn--ls8h.la'],
  ])('%s is %s, and both ways back', (unicode, name) => {
    expect(parseName(unicode)).toEqual({ name, unicode });
    expect(parseName(name)).toEqual({ name, unicode });
    expect(parseName(name.toUpperCase())).toEqual({ name, unicode });
    expect(parseName(`${unicode}.`)).toEqual({ name, unicode });
  });

  test('letters of another case or another composition are the same name', () => {
    expect(parseName('BÜCHER.DEV')).toEqual(parseName('bücher.dev'));
    expect(parseName('bu\u0308cher.dev')).toEqual(parseName('b\u00fccher.dev'));
  });

  test('there is no Unicode form where it does not differ', () => {
    expect(parseName('Fass.de')).toEqual({ name: 'fass.de' });
  });

  test('numbers stay the name they are and do not become an address', () => {
    expect(parseName('0x7f.1')).toEqual({ name: '0x7f.1' });
    expect(parseName('0X7F')).toEqual({ name: '0x7f' });
    expect(parseName('2130706433')).toEqual({ name: '2130706433' });
    expect(parseName('bücher.0x7f')).toMatchObject({ name: 'xn--bcher-kva.0x7f' });
  });
});

describe('what is no name is refused', () => {
  test.each([
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

  test.each(['／', '？', '＃', '＠', '：', '％41', '＼', '\u3000', '＿', '℀'])(
    'a%jb, which IDNA turns into ASCII that ends a host or is none of its letters',
    (character) => {
      expect(problemOf(`a${character}b`)).toMatch(/^expected a word or a domain name/);
      expect(problemOf(`a${character}b.dev`)).toMatch(/^expected a word or a domain name/);
    },
  );

  test.each(['_', '_a', 'a_b.dev', '_dmarc.example.com', '__file__'])('an underscore: %s', (text) => {
    expect(problemOf(text)).toContain('"_"');
  });

  test.each(['xn--a', 'XN--A', 'xn--', 'xn--abc', 'xn--a.dev', 'dev.xn--a', 'xn--99999999', 'xn--iñvalid'])(
    'Punycode that stands for nothing: %s',
    (text) => {
      expect(problemOf(text)).toContain('IDNA');
    },
  );

  test.each([
    ['a joiner between letters that it joins not', 'a\u200db'],
    ['both directions in a label', 'אa'],
    ['half a surrogate pair', '\ud800'],
    ['nothing but a soft hyphen', '\u00ad'],
  ])('%s', (_, text) => {
    expect(problemOf(text)).toMatch(/^expected a word or a domain name/);
  });

  test.each(['127.0.0.1', '256.1.1.1', '1.2.3.4.', '１.２.３.４', '1。2。3。4'])('the address %s', (text) => {
    expect(problemOf(text)).toContain('address');
  });
});

describe('hyphens', () => {
  test.each(['a-b', 'a--b', 'abc--d', 'a-b-c.d-e', 'abc---d'])('stand inside a label: %s', (name) => {
    expect(parseName(name)).toEqual({ name });
  });

  test.each(['-', '-a', 'a-', '-a.dev', 'a-.dev', 'a.-dev', 'a.dev-', 'xn--bcher-kva-', 'a.dev-.'])(
    'neither begin nor end one: %s',
    (text) => {
      expect(problemOf(text)).toMatch(/^expected a word or a domain name/);
    },
  );

  test.each(['ab--c', 'ab--c.dev', 'a.de--v', 'aa--bb', 'xm--a', 'AB--C'])(
    'two of them are in third place only behind xn: %s',
    (text) => {
      expect(problemOf(text)).toContain('"--"');
    },
  );
});

describe('lengths', () => {
  test('a label has at most 63 octets', () => {
    expect(parseName(label(63))).toEqual({ name: label(63) });
    expect(problemOf(label(64))).toMatch(/64 octets.*63/);
    expect(problemOf(`dev.${label(64)}`)).toMatch(/64 octets.*63/);
  });

  test('octets are counted in the ASCII form', () => {
    expect(problemOf(`${label(59)}ü`)).toContain('octets');
    expect(parseName(`${label(50)}ü`)).toHaveProperty('unicode', `${label(50)}ü`);
  });

  test('a name has at most 253, the dot at its end not counted', () => {
    const longest = nameOf(63, 63, 63, 61);
    expect(longest).toHaveLength(253);
    expect(parseName(longest)).toEqual({ name: longest });
    expect(parseName(`${longest}.`)).toEqual({ name: longest });
    expect(problemOf(nameOf(63, 63, 63, 62))).toMatch(/254 octets.*253/);
  });

  test.each(['', '.', '..', '.dev', 'a..dev', 'a.dev..', '...'])('no label is empty: %j', (text) => {
    expect(problemOf(text)).toContain('nothing');
  });

  test('one dot at the end is dropped', () => {
    expect(parseName('a.')).toEqual({ name: 'a' });
    expect(parseName('a.dev.')).toEqual({ name: 'a.dev' });
  });
});

describe('a pasted URL names the host that was probably meant', () => {
  test.each([
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
  ])('%s: %s', (text, host) => {
    expect(problemOf(text)).toMatch(/did you mean \S+\?$/);
    expect(problemOf(text)).toContain(`did you mean ${host}?`);
  });

  test.each([
    'http://',
    'https://10.0.0.1/',
    '10.0.0.1:53',
    'http://[::1]/',
    'http://a.dev:99999/',
    '/etc/passwd',
    '://',
  ])('there is no host to mean in %s', (text) => {
    expect(problemOf(text)).not.toContain('did you mean');
    expect(problemOf(text)).toMatch(/^expected a word or a domain name/);
  });

  test('a host that is no name itself is not offered', () => {
    expect(problemOf('https://xn--a.com/')).not.toContain('did you mean');
    expect(problemOf('foo://xn--a.com/')).not.toContain('did you mean');
  });

  test('whatever the domain', () => {
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

describe('for any text', () => {
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
    fc.string({ unit: 'binary', maxLength: 4 }),
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

  test('there is a name or a problem, never an exception', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseName(text);
        expect('name' in parsed).not.toBe('problem' in parsed);
      }),
      runs,
    );
  });

  test('a name has only labels of letters, digits and hyphens, within the limits', () => {
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

  test('a name is accepted again unchanged, in both its forms', () => {
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

  test('letter case does not matter', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const parsed = parseName(domain);
        fc.pre('name' in parsed);
        expect(parseName(domain.toUpperCase())).toEqual(parsed);
      }),
    );
  });

  test('a problem is one short line that says what was expected and what was got', () => {
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

  test('a host that a problem offers is a name', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const host = / did you mean (.*)\?$/.exec(problemOf(text))?.[1];
        if (host !== undefined) expect(parseName(host)).toMatchObject({ name: host });
      }),
      runs,
    );
  });
});
