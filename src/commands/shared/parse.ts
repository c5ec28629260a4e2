import { type Command, CommanderError, InvalidArgumentError } from 'commander';
import { printable } from '../../util/printable.js';
import { exitStatus } from './exit-status.js';

/** The options to run with, or a text to print (help, the version or an error) and the exit status to end with. */
export type Parsed<Options> =
  | { readonly options: Options }
  | { readonly text: string; readonly status: typeof exitStatus.answered | typeof exitStatus.usage };

/**
 * Parses the arguments of a command.
 *
 * @param argv the arguments, without the name of the program.
 * @param toOptions makes the options from the parsed command; calls `refuse` if they contradict each other.
 */
export function parseCommand<Options>(
  command: Command,
  argv: readonly string[],
  toOptions: (command: Command) => Options,
): Parsed<Options> {
  let text = '';
  command.exitOverride().configureOutput({
    writeOut: (written) => {
      text += written;
    },
    writeErr: () => {},
  });
  nameOptionsInErrors(command);
  try {
    return { options: toOptions(command.parse(argv, { from: 'user' })) };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text, status: exitStatus.answered };
    const line = `${command.name()}: ${printable(inOneLine(error, command.name()))}\n`;
    return { text: line, status: exitStatus.usage };
  }
}

/**
 * Ends parsing with an error.
 *
 * @param message one line: what was expected, and what was got.
 */
export function refuse(message: string): never {
  throw new CommanderError(exitStatus.usage, 'usage', message);
}

/** Prefixes the error for an invalid value with the option's name. Commander's own prefix repeats the whole value. */
function nameOptionsInErrors(command: Command): void {
  for (const option of command.options) {
    const { parseArg } = option;
    if (parseArg === undefined) continue;
    option.argParser((text, previous) => {
      try {
        return parseArg(text, previous);
      } catch (error) {
        if (error instanceof InvalidArgumentError) refuse(`${option.long}: ${error.message}`);
        throw error;
      }
    });
  }
}

/**
 * Turns commander's message into one line that says what was expected and what was got. Its suggestion, if there is
 * one, stays.
 */
function inOneLine({ message }: CommanderError, name: string): string {
  return message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/^unknown option /, `expected an option that ${name} --help lists, got `)
    .replace(/^option ('.*') argument missing$/, 'expected a value after $1, got none');
}
