import { type Command, CommanderError } from 'commander';
import { printable } from '../../util/printable.js';
import { separator } from './option-values.js';

/** What to do: run, or print a text (help, an error) and end with a status. */
export type Parsed<Options> =
  | { readonly options: Options }
  | { readonly text: string; readonly status: 0 | 2 };

/**
 * Reads what the user typed, as a command understands it.
 *
 * @param argv the arguments, without the program's name.
 * @param resolve makes options of what was typed; may `refuse`.
 */
export function parseCommand<Options>(
  command: Command,
  argv: readonly string[],
  resolve: (command: Command) => Options,
): Parsed<Options> {
  let text = '';
  command.exitOverride().configureOutput({
    writeOut: (written) => {
      text += written;
    },
    writeErr: () => {},
  });
  try {
    return { options: resolve(command.parse(argv, { from: 'user' })) };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text, status: 0 };
    return { text: `${command.name()}: ${printable(inOneLine(error, command.name()))}\n`, status: 2 };
  }
}

/** Says that what the user typed cannot be done: what was expected, and what was got. */
export function refuse(message: string): never {
  throw new CommanderError(2, 'usage', message);
}

function inOneLine({ code, message }: CommanderError, name: string): string {
  const [text = '', expected] = message.replace(/^error: /, '').split(separator);
  if (expected !== undefined) return `${/--[\w-]+/.exec(text)?.[0]}: ${expected}`;
  const line = text.replaceAll('\n', ' ');
  return code === 'commander.unknownOption' ? `${line}: expected one that ${name} --help lists` : line;
}
