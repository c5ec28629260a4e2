import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Options, parseOptions } from '../../../src/commands/blogdom/options.js';
import { languageNames } from '../../../src/names/reserved-words/index.js';
import { defaults } from '../../../src/probe/defaults.js';

// What this machine is set to use is not what the tests are about.
const system = vi.hoisted(() => ({ servers: ['192.0.2.53'] }));

vi.mock('node:dns', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:dns')>()),
  getServers: () => system.servers,
}));

afterEach(() => {
  system.servers = ['192.0.2.53'];
});

function optionsOf(...argv: string[]): Options {
  const parsed = parseOptions(argv, {}, false);
  if ('options' in parsed) return parsed.options;
  throw new Error(parsed.text);
}

function textOf(...argv: string[]): { readonly text: string; readonly status: number } {
  const parsed = parseOptions(argv, {}, false);
  return 'text' in parsed ? parsed : { text: 'no error', status: -1 };
}

const suffixes = (...argv: string[]) => optionsOf(...argv).tlds.map(({ name }) => name);
const urls = (...argv: string[]) => optionsOf(...argv).servers.map(({ url }) => url);

describe('nothing given', () => {
  test("is the original: Python's words of up to 4 letters at .dev", () => {
    expect(optionsOf()).toEqual({
      words: [],
      files: [],
      languages: ['python'],
      soft: false,
      minLength: 0,
      maxLength: Number.POSITIVE_INFINITY,
      maxReservedLength: 4,
      tlds: [{ name: 'dev' }],
      list: false,
      servers: [expect.objectContaining({ url: 'udp://192.0.2.53:53' })],
      concurrency: defaults.concurrency,
      timeout: defaults.timeout * 1000,
      tries: defaults.tries,
      rate: undefined,
      canary: true,
      format: 'text',
      only: new Set(['live', 'taken', 'absent', 'unregistered', 'unknown']),
      color: false,
      verbose: false,
    });
  });

  test('asks the servers that the system is set to use, in their order', () => {
    system.servers = ['192.0.2.54', '[2001:db8::53]:5353'];
    expect(urls()).toEqual(['udp://192.0.2.54:53', 'udp://[2001:db8::53]:5353']);
  });

  describe('and no server known', () => {
    beforeEach(() => {
      system.servers = [];
    });

    test('is an error that says what to do', () => {
      expect(textOf()).toMatchObject({ status: 2, text: expect.stringContaining('--server') });
      expect(urls('--server', '192.0.2.1')).toEqual(['udp://192.0.2.1:53']);
    });

    test('does not matter to --list, which asks none', () => {
      expect(textOf('--list')).toMatchObject({ text: 'no error' });
    });
  });
});

describe('words', () => {
  test('replace the default list', () => {
    expect(optionsOf('As', 'example.com', 'help', 'version')).toMatchObject({
      words: ['As', 'example.com', 'help', 'version'],
      files: [],
      languages: [],
    });
  });

  test('may stand between options', () => {
    expect(optionsOf('a', '-t', 'com', 'b', '--list', 'c')).toMatchObject({ words: ['a', 'b', 'c'] });
  });

  test.each([
    ['-', ['-']],
    ['-f -', ['-']],
    ['--file -', ['-']],
    ['-- -', ['-']],
    ['-f a.txt', ['a.txt']],
    ['-f a.txt --file=b,c.txt', ['a.txt', 'b,c.txt']],
    ['-f a.txt -', ['a.txt', '-']],
  ])('from %s replace it, too', (line, files) => {
    expect(optionsOf(...line.split(' '))).toMatchObject({ words: [], files, languages: [] });
  });

  test('add up with files, standard input and languages', () => {
    expect(optionsOf('word', '-', '-f', 'a.txt', '-l', 'go')).toMatchObject({
      words: ['word'],
      files: expect.arrayContaining(['-', 'a.txt']),
      languages: ['go'],
    });
  });

  test.each([
    'a_b',
    'a/b.dev',
    '',
    ' ',
    '.',
    '#comment',
    'a b',
    '127.0.0.1',
    'xn--a',
    'https://example.com/',
  ])('that are none are an error: %j', (word) => {
    expect(textOf('good', word)).toMatchObject({
      status: 2,
      text: expect.stringMatching(/^blogdom: expected a word or a domain name, got ".*": .+\n$/),
    });
  });

  test('that are names only under another domain are an error', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(63)}.${'c'.repeat(63)}`;
    expect(textOf('a', '-t', long)).toMatchObject({ text: 'no error' });
    expect(textOf('a'.repeat(63), '-t', `${long}.dev`)).toMatchObject({ status: 2 });
  });

  test('that begin with a hyphen are no words behind --, either', () => {
    expect(textOf('--', '-t')).toMatchObject({ status: 2, text: expect.stringContaining('got "-t"') });
  });
});

describe('lists are comma-separated, repeated, or both', () => {
  test.each([
    ['--tld', ['dev', 'com', 'co.uk'], suffixes],
    ['--server', ['udp://192.0.2.1:53', 'udp://192.0.2.2:5353', 'udp://[2001:db8::1]:53'], urls],
    ['--language', ['python', 'go', 'rust'], (...argv: string[]) => [...optionsOf(...argv).languages]],
    ['--only', ['live', 'absent', 'unknown'], (...argv: string[]) => [...optionsOf(...argv).only]],
  ])('%s', (option, items, read) => {
    const [first = '', ...rest] = items;
    const expected = [...items];
    expect(read(option, items.join(','))).toEqual(expected);
    expect(read(option, items.join(' , '))).toEqual(expected);
    expect(read(...items.flatMap((item) => [option, item]))).toEqual(expected);
    expect(read(`${option}=${first}`, option, rest.join(','))).toEqual(expected);
    for (const empty of ['', ',', `${first},`, `,${first}`, `${first},,${first}`]) {
      expect(textOf(option, empty)).toMatchObject({ status: 2, text: expect.stringContaining('got ""') });
    }
  });
});

describe('lengths', () => {
  test.each([
    ['', 0, Number.POSITIVE_INFINITY, 4],
    ['--min-length 2', 2, Number.POSITIVE_INFINITY, 4],
    ['--min-length 4', 4, Number.POSITIVE_INFINITY, 4],
    ['--min-length 5', 5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['--max-length 3', 0, 3, 3],
    ['--max-length 9', 0, 9, 9],
    ['--min-length 5 --max-length 9', 5, 9, 9],
    ['--min-length 2 --max-length 2', 2, 2, 2],
  ])('%j', (line, minLength, maxLength, maxReservedLength) => {
    const argv = line.split(' ').filter((part) => part !== '');
    expect(optionsOf(...argv)).toMatchObject({ minLength, maxLength, maxReservedLength });
  });

  test('the least is not above the most', () => {
    const { text, status } = textOf('--min-length', '5', '--max-length', '4');
    expect(status).toBe(2);
    expect(text).toMatch(/^blogdom: expected --min-length .*--max-length, got 5 and 4\n$/);
  });
});

describe('canaries', () => {
  test('are left out with --no-canary alone', () => {
    expect(optionsOf('--no-canary')).toEqual({ ...optionsOf(), canary: false });
  });
});

describe('colour', () => {
  const color = (argv: string[], env: Record<string, string>, isTerminal: boolean) => {
    const parsed = parseOptions(argv, env, isTerminal);
    return 'options' in parsed && parsed.options.color;
  };

  test('follows the option, the environment and the terminal', () => {
    expect(color([], {}, true)).toBe(true);
    expect(color([], {}, false)).toBe(false);
    expect(color([], { NO_COLOR: '1' }, true)).toBe(false);
    expect(color([], { FORCE_COLOR: '1' }, false)).toBe(true);
    expect(color(['--color', 'always'], { NO_COLOR: '1' }, false)).toBe(true);
    expect(color(['--color=never'], { FORCE_COLOR: '1' }, true)).toBe(false);
  });
});

describe('help and version', () => {
  test.each(['-h', '--help'])('%s lists every option, with status 0', (flag) => {
    const { text, status } = textOf(flag);
    expect(status).toBe(0);
    for (const option of [
      ...['-f, --file', '-l, --language', '--soft', '-t, --tld', '--min-length', '--max-length', '--list'],
      ...[
        '-s, --server',
        '-c, --concurrency',
        '--timeout',
        '--tries',
        '--no-canary',
        '-o, --format',
        '--only',
        '--color',
      ],
      ...['-v, --verbose', '-V, --version', '-h, --help'],
    ]) {
      expect(text).toContain(`  ${option} `);
    }
    for (const language of languageNames) expect(text).toContain(language);
    expect(text).not.toMatch(/available/i);
  });

  test.each(['-V', '--version'])('%s prints the version, with status 0', (flag) => {
    expect(textOf(flag)).toEqual({ text: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), status: 0 });
  });
});

describe('an error is one line that says what was expected and what was got, with status 2', () => {
  test.each([
    ['--speed', '3'],
    ['--confirm=yes'],
    ['--no-color'],
    ['-x'],
    ['--lst'],
    ['--soft=yes'],
    ['--list=no'],
    ['--canary'],
    ['--no-canary=yes'],
  ])('for an option that there is not: %s', (...argv) => {
    const { text, status } = textOf(...argv);
    expect(status).toBe(2);
    expect(text).toMatch(/^blogdom: unknown option '.+'.*: expected .+\n$/);
    expect(text).toContain(argv[0]);
    // No line end of commander's was spelled out.
    expect(text).not.toContain('\\x');
  });

  test.each(['-t', '--file', '-s', '--min-length', '--color'])(
    'for an option without its value: %s',
    (option) => {
      const { text, status } = textOf(option);
      expect(status).toBe(2);
      expect(text).toMatch(/^blogdom: .*argument missing\n$/);
      expect(text).toContain(option);
    },
  );

  test('whatever is typed', () => {
    const anyArgument = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '-t',
        '-s',
        '-l',
        '-c',
        '-o',
        '--only',
        '--timeout',
        '--color',
        '--min-length',
        '-',
        '--',
      ),
      fc.string({ unit: fc.constantFrom('-', 'a', '\n', '\r', '\x1b', '\u2028', '\u202e', "'", ' ', ',') }),
    );
    fc.assert(
      fc.property(fc.array(anyArgument, { maxLength: 5 }), (argv) => {
        const parsed = parseOptions(argv, {}, false);
        if ('options' in parsed || parsed.status === 0) return;
        expect(parsed.text).toMatch(/^blogdom: .+\n$/);
        expect(parsed.text.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
      { numRuns: 300 },
    );
  });

  test('though the value looks like a part of the message', () => {
    const value = "' is invalid. expected";
    expect(textOf('--tld', value).text).toMatch(/expected a domain .*, got "' is invalid\. expected"\n$/);
  });
});
