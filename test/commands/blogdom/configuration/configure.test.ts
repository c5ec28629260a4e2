import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Options, parseOptions } from '../../../../src/commands/blogdom/options.js';
import { makePipe } from '../../../helpers/system/pipe.js';

type Variables = Readonly<Record<string, string>>;

/** The home folder of a user with a configuration file. */
async function homeWith(file: unknown): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'blogdom-home-'));
  onTestFinished(() => rm(home, { recursive: true }));
  await mkdir(join(home, '.config/blogdom'), { recursive: true });
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  await writeFile(join(home, '.config/blogdom/config.json'), text);
  return home;
}

async function parse(argv: readonly string[], file: unknown = {}, variables: Variables = {}) {
  return parseOptions(['-s', '192.0.2.1', ...argv], { HOME: await homeWith(file), ...variables }, {});
}

async function optionsOf(...args: Parameters<typeof parse>): Promise<Options> {
  const parsed = await parse(...args);
  return 'options' in parsed ? parsed.options : expect.fail(parsed.text);
}

async function errorOf(...args: Parameters<typeof parse>): Promise<string> {
  const parsed = await parse(...args);
  if ('options' in parsed || parsed.status !== 2) return expect.fail('Expected an error');
  return parsed.text;
}

describe('the configuration of blogdom', () => {
  it('gives defaults for options of every kind', async () => {
    const file = {
      ...{ tld: ['com', 'co.uk'], only: 'live,taken', timeout: 2.5, 'max-length': '3', soft: true },
      ...{ 'no-canary': true, format: 'json', file: ['a,b.txt', 'c.txt'] },
    };
    expect(await optionsOf([], file)).toMatchObject({
      ...{ tlds: [{ name: 'com' }, { name: 'co.uk' }], only: new Set(['live', 'taken']), timeout: 2500 },
      ...{ maxLength: 3, soft: true, canary: false, format: 'json', files: ['a,b.txt', 'c.txt'] },
    });
  });

  it('gives way to variables, and both give way to the command line', async () => {
    const file = { tld: 'com', timeout: 1, tries: 2 };
    const variables = { BLOGDOM_TLD: 'org', BLOGDOM_TIMEOUT: '4' };
    expect(await optionsOf(['--tld', 'io,net'], file, variables)).toMatchObject({
      ...{ tlds: [{ name: 'io' }, { name: 'net' }], timeout: 4000, tries: 2 },
    });
  });

  it.each([
    [true, 'unanswered'],
    ['all', 'all'],
    [false, undefined],
  ])('with confirm set to %j confirms %s names', async (confirm, scope) => {
    expect((await optionsOf([], { confirm })).confirm?.scope).toBe(scope);
    expect((await optionsOf([], {}, { BLOGDOM_CONFIRM: String(confirm) })).confirm?.scope).toBe(scope);
  });

  it.each([
    [{ 'no-canary': true }, [], false],
    [{ canary: false }, [], false],
    [{ 'no-canary': false }, [], true],
    [{ 'no-canary': true }, ['--canary'], true],
  ])('with %j and %j sets canary to %j', async (file, argv, canary) => {
    expect(await optionsOf(argv, file)).toMatchObject({ canary });
  });

  it.each([
    ['1', true],
    ['Yes', true],
    ['true', true],
    ['0', false],
    ['no', false],
    ['false', false],
    ['', false],
  ])('takes %j as the value of a variable for a switch', async (value, soft) => {
    expect(await optionsOf([], {}, { BLOGDOM_SOFT: value })).toMatchObject({ soft });
  });

  it('can be overridden for a switch that it turns on', async () => {
    expect(await optionsOf(['--no-confirm', '--no-soft'], { confirm: true, soft: true })).toMatchObject({
      ...{ confirm: undefined, soft: false },
    });
  });

  it('is ignored with --no-config, even if it is not valid', async () => {
    expect(await optionsOf(['--no-config'], '{', { BLOGDOM_TRIES: 'x' })).toMatchObject({ tries: 7 });
  });

  it('gives the default source of words, which words that are typed replace', async () => {
    const file = { language: 'go', file: 'names.txt' };
    expect(await optionsOf([], file)).toMatchObject({ languages: ['go'], files: ['names.txt'] });
    expect(await optionsOf(['word'], file)).toMatchObject({ languages: [], files: [], words: ['word'] });
    expect(await optionsOf(['-l', 'lua'], file)).toMatchObject({ languages: ['lua'], files: [] });
  });

  it('is not used if it contradicts what is typed, or has a meaning only with another option', async () => {
    const file = { 'confirm-timeout': 5, 'max-length': 3, quiet: true, tld: 'com' };
    const options = await optionsOf(['--min-length', '6', '-v'], file);
    expect(options).toMatchObject({
      ...{ minLength: 6, maxLength: Number.POSITIVE_INFINITY, verbose: true, quiet: undefined },
      ...{ confirm: undefined, tlds: [{ name: 'com' }] },
    });
    expect(options.configured).toEqual([
      '--confirm-timeout 5 from ~/.config/blogdom/config.json (not used)',
      '--max-length 3 from ~/.config/blogdom/config.json (not used)',
      '--quiet from ~/.config/blogdom/config.json (not used)',
      '--tld com from ~/.config/blogdom/config.json',
    ]);
  });

  it('completes an option that is typed', async () => {
    const options = await optionsOf(['--confirm-timeout', '5'], {
      confirm: true,
      quiet: true,
      verbose: true,
    });
    expect(options).toMatchObject({ confirm: { timeout: 5000 } });
  });

  it('leaves a mistake on the command line an error', async () => {
    expect(await errorOf(['--min-length', '5', '--max-length', '2'], { tld: 'com' })).toMatch(
      /expected --min-length to be at most --max-length, got 5 and 2/,
    );
  });

  it('says what came from where', async () => {
    const variables = { BLOGDOM_NO_CANARY: '1', BLOGDOM_TLD: 'com,dev' };
    const { configured } = await optionsOf(['-o', 'csv'], { format: 'json', confirm: false }, variables);
    expect(configured.toSorted()).toEqual([
      '--no-canary from BLOGDOM_NO_CANARY',
      '--no-confirm from ~/.config/blogdom/config.json',
      '--tld com,dev from BLOGDOM_TLD',
    ]);
  });

  it('is read from XDG_CONFIG_HOME, if that is an absolute path', async () => {
    const home = await homeWith({ tries: 3 });
    const other = join(await homeWith({ tries: 4 }), '.config');
    const triesOf = (env: Variables) => {
      const parsed = parseOptions(['-s', '192.0.2.1'], env, {});
      return 'options' in parsed ? parsed.options.tries : undefined;
    };
    expect(triesOf({ HOME: home, XDG_CONFIG_HOME: other })).toBe(4);
    expect(triesOf({ HOME: home, XDG_CONFIG_HOME: 'relative' })).toBe(3);
    expect(triesOf({ HOME: home, XDG_CONFIG_HOME: join(home, 'missing') })).toBe(7);
    expect(triesOf({ USERPROFILE: home })).toBe(3);
    expect(triesOf({})).toBe(7);
  });
});

const place = '~/.config/blogdom/config.json';

describe('the configuration of blogdom is refused', () => {
  it.each<[file: unknown, message: string]>([
    [{ rate: 0 }, 'rate: expected a whole number from 1 to 10000000, got "0"'],
    [{ concurrency: -1 }, 'concurrency: expected a whole number from 1 to 10000, got "-1"'],
    [{ tries: 2.5 }, 'tries: expected a whole number from 1 to 100, got "2.5"'],
    [{ 'max-length': ' 5' }, 'max-length: expected a whole number from .*, got " 5"'],
    [{ timeout: 'x' }, 'timeout: expected a number of seconds above 0, up to 3600, got "x"'],
    [{ format: 'jsno' }, 'format: expected one of .*, got "jsno": did you mean json\\?'],
    [{ soft: 'yes' }, 'soft: expected true or false, got "yes"'],
    [{ timeout: [1] }, 'timeout: expected a text or a number, got \\[1\\]'],
    [{ tld: null }, 'tld: expected a text, or a list of texts, got null'],
    [{ tld: [] }, 'tld: expected a text, or a list of texts, got \\[\\]'],
    [{ tlds: 'com' }, 'unknown option "tlds": did you mean tld\\?'],
    [{ '--tld': 'com' }, 'unknown option "--tld": did you mean tld\\?'],
    [{ zzz: 1 }, 'unknown option "zzz": see blogdom --help'],
    [{ help: true }, 'unknown option "help": see blogdom --help'],
    [{ version: true }, 'unknown option "version": .*'],
    ['[]', 'expected an object such as {"tld": "com"}, got \\[\\]'],
    ['{"tld": "com",}', 'line 1, column 15: expected a name in double quotes, got "}"'],
  ])('if the file is %j', async (file, message) => {
    expect(await errorOf([], file)).toMatch(new RegExp(`^blogdom: ${place}: ${message}\n$`));
  });

  it.each([
    [
      'nested without an end',
      `{"tld": ${'['.repeat(100_000)}`,
      'line 1, column 18: expected at most 10 brackets within each other',
    ],
    [
      'nested',
      `{"tld": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      'line 1, column 18: expected at most 10 .*',
    ],
    [
      'too long',
      `{"tld": [${'"com",'.repeat(100_000)}"com"]}`,
      'expected a file that can be read: it has more than 256 kB',
    ],
  ])('if the file is %s', async (_, file, message) => {
    expect(await errorOf([], file)).toMatch(new RegExp(`^blogdom: ${place}: ${message}\n$`));
  });

  it.each([
    ['BLOGDOM_TRIES', '0', 'BLOGDOM_TRIES: expected a whole number from 1 to 100, got "0"'],
    ['BLOGDOM_SOFT', 'on', 'BLOGDOM_SOFT: expected 1, 0, true, false, yes or no, got "on"'],
    ['BLOGDOM_TLDS', 'com', 'unknown variable BLOGDOM_TLDS: did you mean BLOGDOM_TLD?'],
    ['BLOGDOM_MAX_LENGHT', '3', 'unknown variable BLOGDOM_MAX_LENGHT: did you mean BLOGDOM_MAX_LENGTH?'],
    ['BLOGDOM_ZZZ', '1', 'unknown variable BLOGDOM_ZZZ: see blogdom --help'],
  ])('if %s is %s', async (name, value, message) => {
    expect(await errorOf([], {}, { [name]: value })).toBe(`blogdom: ${message}\n`);
  });

  it('if it names a list of servers that cannot be read', async () => {
    expect(await errorOf([], { 'server-file': '/missing' })).toMatch(
      /^blogdom: --server-file: expected a file of name servers, got "\/missing": .+\n$/,
    );
  });

  it.skipIf(process.platform === 'win32')('if the file is a named pipe', async () => {
    const home = await homeWith({});
    const path = join(home, '.config/blogdom/config.json');
    await rm(path);
    makePipe(path);
    expect(parseOptions([], { HOME: home }, {})).toEqual({
      text: `blogdom: ${place}: expected a file that can be read: it is not a regular file\n`,
      status: 2,
    });
  });

  it('if the file is a folder', async () => {
    const home = await homeWith({});
    await mkdir(join(home, 'config/blogdom/config.json'), { recursive: true });
    const parsed = parseOptions([], { HOME: home, XDG_CONFIG_HOME: join(home, 'config') }, {});
    expect(parsed).toEqual({
      text: 'blogdom: ~/config/blogdom/config.json: expected a file that can be read: it is a folder\n',
      status: 2,
    });
  });
});

describe('groups of domains in the configuration', () => {
  const groups = { mine: ['se', 'co.uk', 'popular'], two: 'nu, .newest' };

  it('can be given to --tld, together with others', async () => {
    const { tlds } = await optionsOf(['--tld', 'mine,two'], { groups });
    const names = tlds.map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(['se', 'co.uk', 'com', 'net']);
    expect(names.slice(-2)).toEqual(['nu', 'newest']);
    expect((await optionsOf([], { groups, tld: ['two'] })).tlds).toMatchObject([
      { name: 'nu' },
      { name: 'newest' },
    ]);
  });

  it('are in the help and in the completion', async () => {
    const help = await parse(['--help'], { groups });
    expect('text' in help && help.text).toMatch(/a group of them:\s+mine,\s+two,\s+all,/);
    const script = await parse(['--completion', 'fish'], { groups });
    expect('text' in script && script.text).toContain('__fish_append , mine two all');
  });

  it('are unknown with --no-config', async () => {
    const parsed = await parse(['--no-config', '--tld', 'mine'], { groups });
    expect('text' in parsed && parsed.text).toMatch(/there is no top-level domain "mine"/);
  });

  it.each([
    [['se'], 'groups: expected an object such as {"mine": ["se", "nu"]}, got ["se"]'],
    [{ mine: [] }, 'groups: mine: expected a list of domains, got []'],
    [{ mine: { a: 1 } }, 'groups: mine: expected a list of domains, got {"a":1}'],
    [{ mine: [1] }, 'groups: mine: expected a list of domains, got [1]'],
    [{ mine: ['ocm'] }, 'groups: mine: there is no top-level domain "ocm": did you mean com?'],
    [{ all: ['se'] }, 'groups: there is a group all already'],
    [{ 'My own': ['se'] }, 'groups: expected a name of lower-case letters, digits and hyphens, got "My own"'],
  ])('are refused if they are not lists of domains: %j', async (groups, message) => {
    const text = `blogdom: ~/.config/blogdom/config.json: ${message}\n`;
    expect(await errorOf(['not'], { groups })).toBe(text);
    expect(await errorOf(['--tld', 'mine'], { groups })).toBe(text);
  });
});
