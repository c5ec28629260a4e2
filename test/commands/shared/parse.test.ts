import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listOf, oneOf, suffix } from '../../../src/commands/shared/option-values.js';
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

const parse = (...argv: readonly string[]) =>
  parseCommand(createProgram(), argv, (command) => ({ ...command.opts(), words: command.args }));

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

  it.each(['-h', '--help'])('returns the help for %s, with status 0', (option) => {
    expect(parse(option)).toEqual({ text: expect.stringMatching(/^Usage: program (.*\n)+$/), status: 0 });
  });

  it.each(['-V', '--version'])('returns the version for %s, with status 0', (option) => {
    expect(parse(option)).toEqual({ text: '1.2.3\n', status: 0 });
  });

  it('lets an unexpected error through', () => {
    const error = new RangeError('a bug');
    const run = () =>
      parseCommand(createProgram(), [], () => {
        throw error;
      });
    expect(run).toThrow(error);
  });
});

describe('parseCommand returns an error in one line, with status 2,', () => {
  it.each([['--speed', '3'], ['--list=no'], ['--no-canary=yes'], ['--canary'], ['-x']])(
    'for the unknown option in %j',
    (...argv) => {
      const { text, status } = { text: '', status: 0, ...parse(...argv) };
      expect(text).toMatch(/^program: expected an option that program --help lists, got '.+'.*\n$/);
      expect(text).toContain(argv[0]);
      expect(status).toBe(2);
    },
  );

  it('for a misspelled option, with a suggestion', () => {
    expect(parse('--lst')).toEqual({
      text: "program: expected an option that program --help lists, got '--lst' (Did you mean --list?)\n",
      status: 2,
    });
  });

  it.each([
    ['-t', '-t, --tld <list>'],
    ['--file', '-f, --file <path>'],
  ])('for %s without a value', (option, flags) => {
    expect(parse(option)).toEqual({
      text: `program: expected a value after '${flags}', got none\n`,
      status: 2,
    });
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
  });

  it('for a message of `refuse`, with its control characters spelled out', () => {
    const parsed = parseCommand(createProgram(), [], () => refuse('expected a\x1b[2J word, got none'));
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
