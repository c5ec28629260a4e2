import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { printable } from '../../util/printable.js';
import { exitStatus } from './exit-status.js';
import { layOutHelp, type Manual } from './help.js';
import { explainSingleDash, explainUnknownOption } from './misuse.js';

/** The options to run with, or a text to print (help, the version or an error) and the exit status to end with. */
export type Parsed<Options> =
  | { readonly options: Options }
  | { readonly text: string; readonly status: typeof exitStatus.answered | typeof exitStatus.usage };

/** A command: its options, their checks, and its help. */
export interface Definition<Options> {
  readonly command: Command;
  readonly manual: Manual;
  /** Makes the options from the parsed command; calls `refuse` if they contradict each other. */
  toOptions(command: Command): Options;
}

/** What is known of standard output before the run. */
export interface Stdout {
  readonly isTTY?: boolean;
  /** The width of the terminal, in characters. */
  readonly columns?: number;
}

/** The width of text that is not printed to a terminal, or to one that does not tell its width. */
const usualColumns = 80;

/**
 * Parses the arguments of a command.
 *
 * @param argv the arguments, without the name of the program.
 */
export function parseCommand<Options>(
  { command, manual, toOptions }: Definition<Options>,
  argv: readonly string[],
  { isTTY, columns }: Stdout,
): Parsed<Options> {
  let text = '';
  command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (written) => {
        text += written;
      },
      writeErr: () => {},
    });
  layOutHelp(command, manual, (isTTY && columns) || usualColumns);
  addOpposites(command);
  nameOptionsInErrors(command);
  try {
    const problem = explainSingleDash(command, argv);
    if (problem) refuse(problem);
    return { options: toOptions(command.parse(argv, { from: 'user' })) };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text, status: exitStatus.answered };
    const line = `${command.name()}: ${printable(inOneLine(error, command))}\n`;
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

/**
 * Adds the opposite of each switch, such as `--no-soft` and `--canary`, so that the last one counts. The help does not
 * list them.
 */
function addOpposites(command: Command): void {
  const known = new Set(command.options.map(({ long }) => long));
  for (const { long, required, optional, negate } of [...command.options]) {
    if (!long || required || optional || long === '--version') continue;
    const opposite = negate ? long.replace(/^--no-/, '--') : long.replace(/^--/, '--no-');
    if (!known.has(opposite)) command.addOption(new Option(opposite).hideHelp());
  }
}

/** Prefixes the error for an invalid value with the option's name. Commander's own prefix repeats the whole value. */
function nameOptionsInErrors(command: Command): void {
  for (const option of command.options) {
    const { parseArg } = option;
    if (parseArg === undefined) continue;
    const parse = (text: string, previous: unknown): unknown => {
      try {
        return parseArg(text, previous);
      } catch (error) {
        if (error instanceof InvalidArgumentError) refuse(`${option.long}: ${error.message}`);
        throw error;
      }
    };
    option.argParser(Object.assign(parse, parseArg));
  }
}

/** Turns commander's message into one line that says what was expected and what was got. */
function inOneLine({ message, code }: CommanderError, command: Command): string {
  const [, unknown] = /'(.*)'/s.exec(message) ?? [];
  if (code === 'commander.unknownOption' && unknown !== undefined) {
    return explainUnknownOption(command, unknown);
  }
  return message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/^option ('.*') argument missing$/, 'expected a value after $1, got none');
}
