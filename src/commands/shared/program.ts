import type { Writable } from 'node:stream';
import type { Environment } from '../../util/environment.js';
import { exitStatus } from './exit-status.js';
import type { Parsed, Stdout } from './parse.js';
import { version } from './version.js';

/** A stream that may be a terminal. */
export interface OutputStream extends Writable {
  readonly isTTY?: boolean;
  /** The size of the terminal, in characters. */
  readonly columns?: number;
  readonly rows?: number;
}

/** The streams that a command reads and writes. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Whether standard input is a terminal, at which somebody types. */
  readonly isTyped?: boolean;
  /** Tells whether standard input is a pipe, or a file that is not empty. */
  readonly hasInput?: () => boolean;
  /**
   * Tells whether standard error is a terminal to which another program may print as well: the reader of a pipe, such as
   * `less`.
   */
  readonly sharesTerminal?: () => boolean;
}

/** A command: how its arguments are parsed, and how it runs. */
export interface Program<Options> {
  readonly name: string;
  /** Whether the run goes on if nobody reads its standard output any longer; by default, that ends it with status 0. */
  readonly outlivesReader?: boolean;
  /**
   * Parses the arguments.
   *
   * @param argv the arguments, without the name of the program.
   */
  parse(
    argv: readonly string[],
    env: Environment,
    stdout: Stdout,
  ): Parsed<Options> | Promise<Parsed<Options>>;
  /**
   * Runs the command.
   *
   * @param signal stops the run; its reason is the exit status.
   * @returns the exit status.
   */
  run(options: Options, streams: Streams, signal: AbortSignal): Promise<number>;
}

/** The arguments, environment and streams that a program runs with. */
export interface Invocation {
  /** The arguments, without the name of the program. */
  readonly argv: readonly string[];
  readonly env: Environment;
  readonly streams: Streams;
}

/**
 * Runs a program, or prints its help, its version or what is wrong with its arguments.
 *
 * @param signal stops the run; its reason is the exit status.
 * @returns the exit status.
 */
export async function runProgram<Options>(
  { parse, run }: Program<Options>,
  { argv, env, streams }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  // Loading the parser takes longer than everything else that `--version` does.
  const parsed: Parsed<Options> = isVersionOnly(argv)
    ? { text: `${version}\n`, status: exitStatus.answered }
    : await parse(argv, env, aboutStdout(streams));
  if ('options' in parsed) return run(parsed.options, streams, signal);
  const output = parsed.status === exitStatus.answered ? streams.stdout : streams.stderr;
  output.write(parsed.text);
  return parsed.status;
}

const isVersionOnly = ([first, ...others]: readonly string[]): boolean =>
  others.length === 0 && (first === '--version' || first === '-V');

/** A pager, such as `less`, shows on the terminal of standard error what it reads from standard output. */
const aboutStdout = ({ stdout, stderr }: Streams): Stdout => ({
  isTTY: stdout.isTTY === true,
  columns: stdout.columns ?? stderr.columns,
});
