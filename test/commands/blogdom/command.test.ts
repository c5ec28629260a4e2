import { describe, expect, it } from 'vitest';
import { createCommand, type ParsedOptions } from '../../../src/commands/blogdom/command.js';
import { parseOptions } from '../../../src/commands/blogdom/options.js';
import { formatNames } from '../../../src/formats/index.js';
import { languageNames } from '../../../src/names/reserved-words/index.js';
import { defaults } from '../../../src/probe/defaults.js';
import { statuses } from '../../../src/probe/result.js';

function parse(...argv: readonly string[]): ParsedOptions {
  const command = createCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(argv, { from: 'user' }).opts();
}

describe('the options of blogdom', () => {
  it('have defaults only if every run needs a value', () => {
    const { concurrency, timeout, tries } = defaults;
    expect(parse()).toEqual({
      concurrency,
      timeout,
      tries,
      canary: true,
      config: true,
      ...{ format: 'text', color: 'auto', progress: 'auto' },
    });
  });

  it.each([
    [['--soft'], { soft: true }],
    [['--list'], { list: true }],
    [['--no-canary'], { canary: false }],
    [['--no-config'], { config: false }],
    [['--confirm'], { confirm: true }],
    [['--sort'], { sort: true }],
    [['--progress', 'always'], { progress: 'always' }],
    [['-q'], { quiet: true }],
    [['--quiet'], { quiet: true }],
    [['-v'], { verbose: true }],
    [['--verbose'], { verbose: true }],
    [['-f', 'a,b.txt', '--file=-'], { file: ['a,b.txt', '-'] }],
    [['-l', 'TypeScript', '--language', 'all,go'], { language: ['typescript', 'all', 'go'] }],
    [['-t', 'Blog,.blog', '--tld', 'all'], { tld: ['blog', { name: 'blog' }, 'all'] }],
    [['--hack'], { hack: true }],
    [
      ['--prefix', 'my,Get', '--suffix', 'hq'],
      { prefix: [{ name: 'my' }, { name: 'get' }], suffix: [{ name: 'hq' }] },
    ],
    [['-t', '.Dev,co.uk', '--tld=com'], { tld: [{ name: 'dev' }, { name: 'co.uk' }, { name: 'com' }] }],
    [['--min-length', '1', '--max-length', '63'], { minLength: 1, maxLength: 63 }],
    [['-c', '5', '--concurrency', '10000'], { concurrency: 10_000 }],
    [['--timeout', '0.25'], { timeout: 0.25 }],
    [['--tries', '100'], { tries: 100 }],
    [['--rate', '10000000'], { rate: 10_000_000 }],
    [
      ['--confirm-timeout', '5', '--rdap-bootstrap', 'dns.json'],
      { confirmTimeout: 5, rdapBootstrap: 'dns.json' },
    ],
    [['-o', 'json'], { format: 'json' }],
    [['--format', 'csv'], { format: 'csv' }],
    [['--only', 'live,absent', '--only', 'unknown'], { only: ['live', 'absent', 'unknown'] }],
    [['--only', 'free'], { only: ['absent', 'unregistered'] }],
    [['--fail-unless', 'live,free'], { failUnless: ['live', 'absent', 'unregistered'] }],
    [['--color', 'always'], { color: 'always' }],
  ])('include %j', (argv, options) => {
    expect(parse(...argv)).toEqual({ ...parse(), ...options });
  });

  it('include servers, as a list', () => {
    const { server } = parse('-s', '192.0.2.1,quad9', '--server', 'system');
    expect(server).toMatchObject([
      { url: 'udp://192.0.2.1:53' },
      { url: 'https://9.9.9.9/dns-query' },
      { url: 'system' },
    ]);
  });

  it.each([
    ['--language', 'cobol', /one of all, python, .*got "cobol"/],
    ['--tld', '_x', /a domain such as .*, got "_x"/],
    ['--min-length', '64', /a whole number from 1 to 63, got "64"/],
    ['--max-length', '0', /a whole number from 1 to 63, got "0"/],
    ['--pattern', 'a*', /got "a\*": "\*" \(character 2\) would make it endless/],
    ['--prefix', 'a.b', /a word without a dot, got "a\.b"/],
    ['--server', '1.1.1', /an IP address, got "1\.1\.1"/],
    ['--concurrency', '10001', /a whole number from 1 to 10000, got "10001"/],
    ['--timeout', '0', /seconds above 0, .*, got "0"/],
    ['--tries', '101', /a whole number from 1 to 100, got "101"/],
    ['--rate', '10000001', /a whole number from 1 to 10000000, got "10000001"/],
    ['--confirm-timeout', 'x', /seconds above 0, .*, got "x"/],
    ['--format', 'xml', /one of text, names, json, csv, .*got "xml"/],
    [
      '--only',
      'available',
      /one of live, taken, absent, unregistered, unknown, free, .*did you mean absent\?$/,
    ],
    ['--fail-unless', 'registered', /got "registered": did you mean taken\?$/],
    ['--language', 'c++', /got "c\+\+": did you mean cpp\?$/],
    ['--color', 'yes', /one of auto, always, never, got "yes"/],
    ['--progress', 'yes', /one of auto, always, never, got "yes"/],
  ])('reject %s %s', (option, value, message) => {
    expect(() => parse(option, value)).toThrow(message);
  });
});

describe('the help of blogdom', () => {
  const helpAt = (columns: number) => {
    const parsed = parseOptions(['--help'], {}, { isTTY: true, columns });
    return 'text' in parsed ? parsed.text : expect.fail('Expected a help text');
  };
  const help = helpAt(80);

  it.each([20, 30, 40, 60, 80, 200])('fits on a terminal of %i columns', (columns) => {
    const lines = helpAt(columns).split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines.filter((line) => line.endsWith(' '))).toEqual([]);
  });

  it('puts what an option does below it on a narrow terminal', () => {
    expect(helpAt(40)).toContain('\n  --list\n      print the candidate names without\n      probing them\n');
  });

  it('has five examples', () => {
    expect(help.match(/^ {4}blogdom .+$/gm)).toHaveLength(5);
  });

  it('names every language, format, status and choice of colour', () => {
    for (const word of [...languageNames, ...formatNames, ...statuses, 'always', 'never']) {
      expect(help).toContain(word);
    }
  });

  it('explains every mark and every exit status', () => {
    expect(help.match(/(?<=^ {2})[+~ *?](?= {2}[a-z]+ {2})/gm)).toEqual(['+', '~', ' ', '*', '?']);
    expect(help.match(/(?<=^ {2})\d+(?= )/gm)).toEqual(['0', '1', '2', '3', '130', '143']);
  });

  it('never says "available"', () => {
    expect(help).not.toMatch(/available/i);
  });
});

describe('the short help of blogdom', () => {
  const briefAt = (columns: number, ...argv: readonly string[]) => {
    const parsed = parseOptions(['-h', ...argv], {}, { isTTY: true, columns });
    return 'text' in parsed ? parsed.text : expect.fail('Expected a help text');
  };
  const brief = briefAt(80);

  it('has 20 lines, and leads to the whole help', () => {
    expect(brief.trimEnd().split('\n')).toHaveLength(20);
    expect(brief).toContain('--help prints everything');
  });

  it.each([20, 30, 40, 60, 80, 200])('fits on a terminal of %i columns', (columns) => {
    expect(
      briefAt(columns)
        .split('\n')
        .filter((line) => line.length > columns),
    ).toEqual([]);
  });

  it('has five examples and ten options, written as in the whole help', () => {
    const options = brief.match(/(?<=^ {2})-.*?(?= {2})/gm) ?? [];
    expect(brief.match(/^ {2}blogdom .+$/gm)).toHaveLength(5);
    expect(options).toHaveLength(10);
    const known = createCommand().options.map(({ flags }) => flags);
    expect(options.filter((flags) => !known.includes(flags))).toEqual([]);
  });

  it('gives way to the whole help if that is asked for as well', () => {
    expect(briefAt(80, '--help')).toContain('Exit status:');
  });
});
