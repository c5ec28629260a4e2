import type { Writable } from 'node:stream';
import { exitStatus } from './exit-status.js';
import type { Parsed } from './parse.js';

/** What a run reads and writes. */
export interface Streams {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** What one command does with its process. */
export interface Program<Options> {
  readonly name: string;
  parse(
    argv: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
    isTerminal: boolean,
  ): Parsed<Options>;
  /**
   * Does it.
   *
   * @param signal ends the run; its reason is the exit status.
   * @returns the exit status.
   */
  run(options: Options, streams: Streams, signal: AbortSignal): Promise<number>;
}

/** The only function that touches the process: its arguments, streams, signals and exit status, with which it ends. */
export function main<Options>(program: Program<Options>): void {
  void statusOf(program).then((status) => process.exit(status));
}

async function statusOf<Options>({ name, parse, run }: Program<Options>): Promise<number> {
  const { argv, env, stdout, stderr } = process;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(exitStatus.interrupted));
  // Nobody may be left to read messages; that costs no results.
  stderr.on('error', () => {});
  stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (stop.signal.aborted) return;
    // A reader that has seen enough, such as `head`, is no failure.
    if (code !== 'EPIPE') stderr.write(`${name}: cannot write the results: ${code}\n`);
    stop.abort(code === 'EPIPE' ? exitStatus.answered : exitStatus.usage);
  });
  const parsed = parse(argv.slice(2), env, stdout.isTTY === true);
  let status: number;
  if ('options' in parsed) {
    // Opened when it is read: that takes a while, and most runs do not.
    const stdin = { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() };
    status = await run(parsed.options, { stdin, stdout, stderr }, stop.signal);
  } else {
    (parsed.status === exitStatus.answered ? stdout : stderr).write(parsed.text);
    status = parsed.status;
  }
  // A failure to write is told only after the write.
  await new Promise(setImmediate);
  return stop.signal.aborted ? Number(stop.signal.reason) : status;
}
