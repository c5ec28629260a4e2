import { describe, expect, it } from 'vitest';
import { allCountries, mostPopulous } from '../../../src/commands/flags/countries.js';
import { type Options, parseOptions } from '../../../src/commands/flags/options.js';
import { version } from '../../../src/commands/shared/version.js';

const parse = (...argv: readonly string[]) => parseOptions(argv, {}, {});

function optionsOf(...argv: readonly string[]): Options {
  const parsed = parse(...argv);
  return 'options' in parsed ? parsed.options : expect.fail(parsed.text);
}

describe('parseOptions of blogdom-flags', () => {
  it('has the defaults of the original', () => {
    expect(optionsOf()).toEqual({
      codes: mostPopulous,
      baseUrl: 'https://www.fluentpython.com/data/flags',
      out: 'downloaded',
      concurrency: 100,
      timeout: 6100,
      progress: 'auto',
    });
  });

  it.each([
    ['codes that the site does not have', ['AQ', 'do'], ['AQ', 'DO']],
    ['codes in either letter case, each once', ['br', 'FR', 'BR'], ['BR', 'FR']],
    ['a letter for all codes that begin with it', ['d', 'FR'], ['DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'FR']],
    ['the first of the given codes with --limit', ['FR', 'd', '--limit', '3'], ['FR', 'DE', 'DJ']],
    ['the first of the default codes with -l', ['-l', '2'], ['CN', 'IN']],
    ['the first of all codes with --all and --limit', ['--all', '--limit', '4'], ['AD', 'AE', 'AF', 'AG']],
  ])('takes %s', (_what, args, codes) => {
    expect(optionsOf(...args).codes).toEqual(codes);
  });

  it('takes the 194 countries of the site with --all, whatever codes are given', () => {
    expect(optionsOf('AQ', '--all').codes).toEqual(allCountries);
  });

  it.each(['', '/', '/data/flags', '/data/flags/'])('takes a base URL that ends in "%s"', (path) => {
    const { baseUrl } = optionsOf('--base-url', `http://192.0.2.1${path}`);
    expect(baseUrl).toBe(`http://192.0.2.1${path.replace(/\/$/, '')}`);
  });

  const country = 'expected a country code such as BR, or the first letter of some, got';
  const url = '--base-url: expected an http or https URL with only a host and a path, got';

  it.each([
    [['XX'], `${country} "XX"`],
    [['x'], `${country} "x"`],
    [['BRA'], `${country} "BRA"`],
    [['../BR'], `${country} "../BR"`],
    [[''], `${country} ""`],
    [['\x1b[31m'], `${country} "\\x1b[31m"`],
    [['--concurrency=0'], '--concurrency: expected a whole number from 1 to 1000, got "0"'],
    [['--timeout=0'], '--timeout: expected a number of seconds above 0, up to 3600, got "0"'],
    [['--limit=0'], '--limit: expected a whole number from 1 to 249, got "0"'],
    [['--base-url=flags'], `${url} "flags"`],
    [['--base-url=file:///flags'], `${url} "file:///flags"`],
    [['--base-url=http://me:secret@127.0.0.1/'], `${url} "http://me:secret@127.0.0.1/"`],
    [['--base-url=http://127.0.0.1/?q'], `${url} "http://127.0.0.1/?q"`],
  ])('refuses %j in one line, with status 2', (args, message) => {
    expect(parse('BR', ...args)).toEqual({ text: `blogdom-flags: ${message}\n`, status: 2 });
  });

  it.each(['--version', '-V'])('returns the version for %s', (option) => {
    expect(parse(option)).toEqual({ text: `${version}\n`, status: 0 });
  });

  it('returns the same help for -h and --help', () => {
    const help = parse('--help');
    expect(parse('-h')).toEqual(help);
    expect(help).toEqual({ text: expect.stringMatching(/^Usage: blogdom-flags /), status: 0 });
  });
});
