import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Options, parseOptions } from '../../../src/commands/blogdom/options.js';
import { languageNames } from '../../../src/names/reserved-words/index.js';
import { defaults } from '../../../src/probe/defaults.js';

// The name servers that this machine is set to use must not matter.
const system = vi.hoisted(() => ({ servers: ['192.0.2.53'] }));

vi.mock('node:dns', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:dns')>()),
  getServers: () => system.servers,
}));

afterEach(() => {
  system.servers = ['192.0.2.53'];
});

function optionsOf(argv: readonly string[], env = {}, isTerminal = false): Options {
  const parsed = parseOptions(argv, env, { isTTY: isTerminal });
  if ('options' in parsed) return parsed.options;
  throw new Error(parsed.text);
}

/** The error for arguments that are refused; undefined if they are not. */
function errorOf(...argv: readonly string[]): string | undefined {
  const parsed = parseOptions(argv, {}, {});
  return 'text' in parsed && parsed.status === 2 ? parsed.text : undefined;
}

describe('parseOptions without arguments', () => {
  it("chooses Python's words of up to 4 letters at .dev, and the system's servers", () => {
    expect(optionsOf([])).toMatchObject({
      words: [],
      patterns: [],
      files: [],
      languages: ['python'],
      soft: false,
      minLength: 0,
      maxLength: Number.POSITIVE_INFINITY,
      maxReservedLength: 4,
      tlds: [{ name: 'dev' }],
      hack: false,
      prefixes: [],
      suffixes: [],
      shard: undefined,
      servers: [expect.objectContaining({ url: 'udp://192.0.2.53:53' })],
      asksAuthorityAfterFailure: true,
      serverProblems: [],
      concurrency: defaults.concurrency,
      timeout: defaults.timeout * 1000,
      tries: defaults.tries,
      canary: true,
      isPrivate: false,
      confirm: undefined,
      listRegistries: undefined,
      format: 'text',
      only: new Set(['live', 'taken', 'absent', 'unregistered', 'unknown']),
      color: false,
      progress: 'auto',
      configured: [],
    });
  });

  it("keeps the order of the system's servers", () => {
    system.servers = ['192.0.2.54', '[2001:db8::53]:5353'];
    const urls = optionsOf([]).servers.map(({ url }) => url);
    expect(urls).toEqual(['udp://192.0.2.54:53', 'udp://[2001:db8::53]:5353']);
  });

  it('refuses a system without servers, unless --server or --list is given', () => {
    system.servers = [];
    expect(errorOf()).toBe(
      'blogdom: no name server is configured on this system: choose one with --server, such as --server 192.0.2.1\n',
    );
    expect(errorOf('-s', 'authority')).toBe(errorOf());
    expect(optionsOf(['-s', '192.0.2.1']).servers).toMatchObject([{ url: 'udp://192.0.2.1:53' }]);
    expect(optionsOf(['--list']).servers).toEqual([]);
  });
});

describe('parseOptions', () => {
  it('replaces groups of domains by their members, each of them once', () => {
    const { tlds } = optionsOf(['-t', 'me,tech,.blog,dev', 'x']);
    const names = tlds.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['me', 'dev', 'app']);
    expect(names.at(-1)).toBe('blog');
    expect(new Set(names).size).toBe(names.length);
  });

  it('splits reserved words of any length before all domains with --hack, unless it is given limits', () => {
    const { tlds, maxReservedLength } = optionsOf(['--hack']);
    expect(tlds).toHaveLength(1438);
    expect(maxReservedLength).toBe(Number.POSITIVE_INFINITY);
    expect(optionsOf(['--hack', '-t', 'it', '--max-length', '5'])).toMatchObject({
      ...{ tlds: [{ name: 'it' }], maxReservedLength: 5 },
    });
  });

  it('uses the words of patterns instead of the default list', () => {
    expect(optionsOf(['--pattern', 'a?']).languages).toEqual([]);
  });

  it('uses words instead of the default list', () => {
    expect(optionsOf(['As', 'example.com', 'help', 'version'])).toMatchObject({
      words: ['As', 'example.com', 'help', 'version'],
      files: [],
      languages: [],
    });
  });

  it.each([
    ['-', ['-']],
    ['-f -', ['-']],
    ['-- -', ['-']],
    ['-f a.txt', ['a.txt']],
    ['-f a.txt --file=b.txt -', ['a.txt', 'b.txt', '-']],
  ])('uses the files in "%s" instead of the default list', (line, files) => {
    expect(optionsOf(line.split(' '))).toMatchObject({ words: [], files, languages: [] });
  });

  it('combines words, files, standard input and languages', () => {
    expect(optionsOf(['word', '-', '-f', 'a.txt', '-l', 'go'])).toMatchObject({
      words: ['word'],
      files: ['a.txt', '-'],
      languages: ['go'],
    });
  });

  it('replaces "all" by all languages', () => {
    expect(optionsOf(['-l', 'all']).languages).toEqual(languageNames);
  });

  it('refuses a word that is not a name', () => {
    expect(errorOf('good', 'a_b')).toMatch(/^blogdom: expected .*, got "a_b": .+\n$/);
    expect(errorOf('--', '-t')).toMatch(/got "-t"/);
  });

  it('refuses statuses that no name can have without --confirm', () => {
    for (const option of ['--only', '--fail-unless']) {
      expect(errorOf(option, 'unregistered')).toBe(`blogdom: ${option} unregistered requires --confirm\n`);
      expect(errorOf(option, 'unregistered', '--confirm')).toBeUndefined();
      expect(errorOf(option, 'free')).toBeUndefined();
    }
  });

  it('refuses a word that its top-level domain makes too long', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(63)}.${'c'.repeat(63)}`;
    expect(errorOf('a'.repeat(63), '-t', long)).toBeUndefined();
    expect(errorOf('a'.repeat(63), '-t', `${long}.dev`)).toMatch(/\.dev": .+\n$/);
  });

  it.each([
    ['', 0, Number.POSITIVE_INFINITY, 4],
    ['--min-length 2', 2, Number.POSITIVE_INFINITY, 4],
    ['--min-length 4', 4, Number.POSITIVE_INFINITY, 4],
    ['--min-length 5', 5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['--max-length 3', 0, 3, 3],
    ['--max-length 9', 0, 9, 9],
    ['--min-length 5 --max-length 9', 5, 9, 9],
    ['--min-length 2 --max-length 2', 2, 2, 2],
  ])(
    'reads "%s" as lengths from %d to %d, and to %d for reserved words',
    (line, minLength, maxLength, maxReservedLength) => {
      const argv = line.split(' ').filter((part) => part !== '');
      expect(optionsOf(argv)).toMatchObject({ minLength, maxLength, maxReservedLength });
    },
  );

  it('refuses a --min-length above --max-length', () => {
    expect(errorOf('--min-length', '5', '--max-length', '4')).toBe(
      'blogdom: expected --min-length to be at most --max-length, got 5 and 4\n',
    );
  });

  it('converts seconds to milliseconds', () => {
    expect(optionsOf(['--timeout', '.25'])).toHaveProperty('timeout', 250);
  });

  it('passes the other options on', () => {
    const argv = [
      '--tries',
      '1',
      '--rate',
      '9',
      '-c',
      '7',
      '--no-canary',
      '-o',
      'csv',
      '-v',
      '--soft',
      '--list',
    ];
    expect(optionsOf([...argv, '--only', 'live,unknown', '-t', 'com'])).toMatchObject({
      ...{
        tries: 1,
        rate: 9,
        concurrency: 7,
        canary: false,
        format: 'csv',
        verbose: true,
        soft: true,
        list: true,
      },
      ...{ only: new Set(['live', 'unknown']), tlds: [{ name: 'com' }] },
    });
  });

  it('decides on colour by the option, the environment and the terminal', () => {
    expect(optionsOf([], {}, true).color).toBe(true);
    expect(optionsOf([], { NO_COLOR: '1' }, true).color).toBe(false);
    expect(optionsOf(['--color', 'always'], { NO_COLOR: '1' }).color).toBe(true);
  });

  it.each([
    ['--confirm-timeout', '5', '--confirm'],
    ['--rdap-bootstrap', 'dns.json', '--confirm or --list-registries'],
  ])('refuses %s without --confirm', (option, value, required) => {
    expect(errorOf(option, value)).toBe(`blogdom: ${option} requires ${required}\n`);
  });
});

describe('parseOptions with --since, --resume or --watch', () => {
  it('passes the paths on, and converts minutes to milliseconds', () => {
    expect(optionsOf(['--since', 'a,b.json', '--resume', 'c.json'])).toMatchObject({
      since: 'a,b.json',
      resume: 'c.json',
    });
    expect(optionsOf(['--watch', '.5']).watch).toBe(30_000);
    expect(optionsOf(['--watch', '10080', '--since', 'a']).watch).toBe(604_800_000);
  });

  it.each(['0', '-1', '10081', 'often', '1e3', ''])('refuses to watch every %j minutes', (text) => {
    expect(errorOf('--watch', text)).toBe(
      `blogdom: --watch: expected a number of minutes above 0, up to 10080, got "${text}"\n`,
    );
  });

  it.each([
    [['--resume', 'a'], '--resume'],
    [['--fail-unless', 'live'], '--fail-unless'],
    [['--sort'], '--sort'],
    [['-o', 'grid'], '--format grid'],
  ])('refuses --watch with %j', (args, option) => {
    expect(errorOf('--watch', '5', ...args)).toBe(`blogdom: --watch cannot be used with ${option}\n`);
  });
});

describe('parseOptions with --confirm', () => {
  it('asks about names without an answer, and knows where to cache the list of registries', () => {
    expect(optionsOf(['--confirm'], { HOME: '/home/me' }).confirm).toEqual({
      scope: 'unanswered',
      timeout: defaults.confirmTimeout * 1000,
      bootstrap: undefined,
      cacheFolder: join('/home/me/.cache/blogdom'),
    });
  });

  it.each([
    [['--confirm', 'all'], 'all', []],
    [['--confirm=all'], 'all', []],
    [['--confirm', 'all', 'not'], 'all', ['not']],
    [['not', '--confirm'], 'unanswered', ['not']],
    [['--confirm', 'not', 'for'], 'unanswered', ['not', 'for']],
    [['--confirm', '--', 'all'], 'unanswered', ['all']],
    [['--', '--confirm', 'all'], undefined, ['--confirm', 'all']],
    [['--no-confirm', '--confirm', 'all'], 'all', []],
    [['--confirm', 'all', '--no-confirm'], undefined, []],
    [['--confirm', '-'], 'unanswered', []],
  ] as const)('takes only the word all for a value in %j', (argv, scope, words) => {
    const isRefused = words[0] === '--confirm';
    if (isRefused)
      return expect(errorOf(...argv)).toMatch(/expected a word or a domain name, got "--confirm"/);
    const options = optionsOf(argv);
    expect({ scope: options.confirm?.scope, words: options.words }).toEqual({ scope, words });
  });

  it('refuses another value', () => {
    expect(errorOf('--confirm=most')).toBe('blogdom: --confirm: expected one of all, got "most"\n');
  });

  it('passes --confirm-timeout and --rdap-bootstrap on', () => {
    const { confirm } = optionsOf(['--confirm', '--confirm-timeout', '5', '--rdap-bootstrap', 'dns.json']);
    expect(confirm).toMatchObject({ timeout: 5000, bootstrap: 'dns.json' });
  });
});

describe('--private', () => {
  it.each([[['tls://dns.example']], [['https://dns.example/dns-query', 'tls://192.0.2.1']], [['quad9']]])(
    'takes the encrypted servers %j',
    (servers) => {
      expect(optionsOf(['--private', '-s', servers.join()]).isPrivate).toBe(true);
    },
  );

  it.each([
    [[], 'none'],
    [['-s', '192.0.2.1'], 'udp://192.0.2.1:53'],
    [['-s', 'tcp://192.0.2.1'], 'tcp://192.0.2.1:53'],
    [['-s', 'system'], 'system'],
    [['-s', 'quad9,authority'], 'authority'],
  ])('refuses %j', (args, got) => {
    expect(errorOf('--private', ...args)).toMatch(
      new RegExp(`--private requires encrypted servers, .*, got ${got}`),
    );
  });
});
