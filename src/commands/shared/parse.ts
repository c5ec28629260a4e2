import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { printable } from '../../util/printable.js';
import type { Shell } from './common-options.js';
import { completionScript } from './completion/index.js';
import { exitStatus } from './exit-status.js';
import { briefHelp, layOutHelp, type Manual } from './help.js';
import { explainSingleDash, explainUnknownOption } from './misuse.js';
import { hintsOf } from './option-values.js';

/** A text to print instead of running the command (help, the version or an error), and the exit status to end with. */
export interface Message {
  readonly text: string;
  readonly status: typeof exitStatus.answered | typeof exitStatus.usage;
}

/** The options to run with, or a message. */
export type Parsed<Options> = { readonly options: Options } | Message;

/** A command: its options, their checks, and its help. */
export interface Definition<Options> {
  readonly command: Command;
  readonly manual: Manual;
  /** Makes the words that completion offers besides options. */
  readonly words?: () => readonly string[];
  /** Makes the options from the parsed command; calls `refuse` if they contradict each other. */
  toOptions(command: Command): Options;
}

/** What is known of standard output before the run. */
export interface Stdout {
  readonly isTTY?: boolean;
  /** The width of the terminal at which it can be read, also through a pager; in characters. */
  readonly columns?: number | undefined;
}

/** The width of text that is not printed to a terminal, or to one that does not tell its width. */
const usualColumns = 80;

/**
 * Parses the arguments of a command.
 *
 * @param argv the arguments, without the name of the program.
 */
export function parseCommand<Options>(
  { command, manual, words, toOptions }: Definition<Options>,
  argv: readonly string[],
  { columns }: Stdout,
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
  const width = columns || usualColumns;
  layOutHelp(command, manual, width);
  addOpposites(command);
  nameOptionsInErrors(command);
  try {
    command.parse(prepared(command, argv), { from: 'user' });
    const { completion }: { readonly completion?: Shell } = command.opts();
    if (completion === undefined) return { options: toOptions(command) };
    return { text: completionScript(completion, command, words?.() ?? []), status: exitStatus.answered };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isBrief = error.code === 'commander.helpDisplayed' && !argv.includes('--help');
    if (isBrief && manual.brief) text = briefHelp(command, manual.brief, manual, width);
    if (error.exitCode === 0) return { text, status: exitStatus.answered };
    const message = printable(inOneLine(error, command));
    return { text: `${command.name()}: ${message}\n`, status: exitStatus.usage };
  }
}

/**
 * Prepares arguments for commander, and refuses a long option with a single dash. An option that can have a value or none
 * takes no other argument for it: `--confirm all` becomes `--confirm=all`, and `--confirm word` becomes `--confirm= word`,
 * with an empty value for none.
 */
function prepared(command: Command, argv: readonly string[]): readonly string[] {
  const completed: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const [argument = '', next] = argv.slice(index, index + 2);
    if (argument === '--') return [...completed, ...argv.slice(index)];
    const problem = explainSingleDash(command, argument);
    if (problem) refuse(problem);
    const option = command.options.find(({ short, long }) => argument === short || argument === long);
    const isValue =
      next !== undefined && (option?.optional ? hintsOf(option).choices?.includes(next) : option?.required);
    if (option?.optional) completed.push(`${option.long}=${isValue ? next : ''}`);
    else completed.push(argument, ...(isValue ? [next] : []));
    if (isValue) index++;
  }
  return completed;
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
  for (const { long, required, negate } of [...command.options]) {
    if (!long || required || long === '--version') continue;
    const opposite = negate ? long.replace(/^--no-/, '--') : long.replace(/^--/, '--no-');
    if (!known.has(opposite)) command.addOption(new Option(opposite).hideHelp());
  }
}

/** Begins the error for an invalid value with the option's name. Commander's own beginning repeats the whole value. */
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

/** Rewords commander's message, and puts it in one line. */
function inOneLine({ message, code }: CommanderError, command: Command): string {
  const [, unknown] = /'(.*)'/s.exec(message) ?? [];
  if (code === 'commander.unknownOption' && unknown !== undefined) {
    return explainUnknownOption(command, unknown);
  }
  return message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/^option '(?:-., )?(\S+).*' argument missing$/, '$1 requires a value');
}
