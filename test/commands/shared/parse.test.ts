import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suffix } from '../../../src/commands/blogdom/option-groups/values.js';
import { listOf, oneOf } from '../../../src/commands/shared/option-values.js';
import { parseCommand, refuse } from '../../../src/commands/shared/parse.js';
import { anyCodePoint } from '../../helpers/any-string.js';

const createProgram = () =>
  new Command('program')
    .argument('[word...]')
    .option('-t, --tld <list>', 'a list', listOf(suffix))
    .option('--size <name>', 'a choice', oneOf(['small', 'large']), 'small')
    .option('--list', 'a switch')
    .option('--no-canary', 'a switch that is on')
    .option('-f, --file <path>', 'a text')
    .version('1.2.3', '-V, --version')
    .helpOption('-h, --help');

const manual = { examples: [], sections: [] };

function parseWith<Options>(toOptions: (command: Command) => Options, argv: readonly string[] = []) {
  return parseCommand({ command: createProgram(), manual, toOptions }, argv, {});
}

const parse = (...argv: readonly string[]) =>
  parseWith((command) => ({ ...command.opts(), words: command.args }), argv);

describe('parseCommand', () => {
  it('returns what the given function makes of the options and the words between them', () => {
    expect(parse('a', '-t', 'dev', 'b', '--tld=com', '--list', '--no-canary')).toEqual({
      options: {
        ...{ tld: [{ name: 'dev' }, { name: 'com' }], size: 'small' },
        ...{ list: true, canary: false, words: ['a', 'b'] },
      },
    });
  });

  it('uses the last value of an option that takes one', () => {
    expect(parse('-f', 'a', '-f', 'b')).toMatchObject({ options: { file: 'b' } });
  });

  it('knows the opposite of each switch, and uses the last one', () => {
    expect(parse('--list', '--no-list', '--no-canary', '--canary')).toMatchObject({
      options: { list: false, canary: true },
    });
  });

  it.each(['-h', '--help'])('returns the help for %s, with status 0', (option) => {
    expect(parse(option)).toEqual({ text: expect.stringMatching(/^Usage: program (.*\n)+$/), status: 0 });
  });

  it.each(['-V', '--version'])('returns the version for %s, with status 0', (option) => {
    expect(parse(option)).toEqual({ text: '1.2.3\n', status: 0 });
  });

  it('lets an unexpected error through', () => {
    const error = new RangeError('a bug');
    const run = () =>
      parseWith(() => {
        throw error;
      });
    expect(run).toThrow(error);
  });
});

describe('parseCommand returns an error in one line, with status 2,', () => {
  it.each([
    ['--speed=3', 'unknown option --speed: see program --help'],
    ['-x', 'unknown option -x: see program --help'],
    ['--lst', 'unknown option --lst: did you mean --list?'],
    ['--tdl=com', 'unknown option --tdl: did you mean --tld?'],
    ['--ca', 'unknown option --ca: see program --help'],
    ['--no-canery', 'unknown option --no-canery: did you mean --no-canary?'],
    ['--no-lits', 'unknown option --no-lits: did you mean --no-list?'],
    ['--no-tld', 'unknown option --no-tld: did you mean --tld?'],
    ['--hlep', 'unknown option --hlep: did you mean --help?'],
    ['-T', 'unknown option -T: did you mean -t?'],
    ['-tld', 'unknown option -tld: did you mean --tld?'],
    ['-t=com', 'unknown option -t=: did you mean -t com?'],
    ['-list=no', 'unknown option -list: did you mean --list?'],
    ['--list=no', '--list: expected no value, got "no"'],
    ['--no-canary=yes', '--no-canary: expected no value, got "yes"'],
  ])('for %s', (argument, message) => {
    expect(parse(argument)).toEqual({ text: `program: ${message}\n`, status: 2 });
  });

  it('for a long option with one dash, but not for a value that looks like one', () => {
    expect(parse('-f', '-tld')).toMatchObject({ options: { file: '-tld' } });
    expect(parse('--', '-tld')).toMatchObject({ options: { words: ['-tld'] } });
  });

  it.each([
    ['-t', '--tld'],
    ['--file', '--file'],
  ])('for %s without a value', (option, name) => {
    expect(parse(option)).toEqual({ text: `program: ${name} requires a value\n`, status: 2 });
  });

  it('for a value that is not valid, naming the option', () => {
    expect(parse('-t', '_')).toEqual({
      text: 'program: --tld: expected a domain such as dev or co.uk, got "_"\n',
      status: 2,
    });
    expect(parse('--size=medium')).toEqual({
      text: 'program: --size: expected one of small, large, got "medium"\n',
      status: 2,
    });
    expect(parse('--size=smal')).toEqual({
      text: 'program: --size: expected one of small, large, got "smal": did you mean small?\n',
      status: 2,
    });
  });

  it('for a message of `refuse`, with its control characters spelled out', () => {
    const parsed = parseWith(() => refuse('expected a\x1b[2J word, got none'));
    expect(parsed).toEqual({ text: 'program: expected a\\x1b[2J word, got none\n', status: 2 });
  });

  it('of printable characters, whatever is typed', () => {
    const anyArgument = fc.oneof(
      fc.string({ unit: anyCodePoint }),
      fc.constantFrom('-t', '--tld', '--size', '-f', '--list', '--canary', '-', '--'),
      fc.string({ unit: fc.constantFrom('-', 'a', '\n', '\r', '\x1b', '\u2028', '\u202e', "'", ' ', ',') }),
    );
    fc.assert(
      fc.property(fc.array(anyArgument, { maxLength: 5 }), (argv) => {
        const parsed = parse(...argv);
        if ('options' in parsed || parsed.status === 0) return;
        expect(parsed.text).toMatch(/^program: .+\n$/);
        expect(parsed.text.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
      { numRuns: 300 },
    );
  });
});
