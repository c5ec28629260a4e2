import { exitStatus } from './exit-status.js';
import { keepHeapSmall } from './memory.js';
import { type Program, runProgram } from './program.js';

/** Milliseconds after which a run is a long one. */
const longRun = 1000;

/**
 * Runs a program, then ends the process with the program's exit status. No other module touches the process: its
 * arguments, environment, streams, signals and exit status.
 */
export function main<Options>(program: Program<Options>): void {
  void runAsProcess(program).then((status) => process.exit(status));
}

async function runAsProcess<Options>(program: Program<Options>): Promise<number> {
  const { argv, env, stdout, stderr, versions } = process;
  // A short run does not need it, and starts sooner without it.
  setTimeout(keepHeapSmall, longRun, versions.v8).unref();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(exitStatus.interrupted));
  // The run goes on if nobody reads its messages.
  stderr.on('error', () => {});
  stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (stop.signal.aborted) return;
    // A reader that has seen enough, such as `head`, is not an error.
    if (code !== 'EPIPE') stderr.write(`${program.name}: cannot write the results: ${code}\n`);
    stop.abort(code === 'EPIPE' ? exitStatus.answered : exitStatus.usage);
  });
  // `process.stdin` is slow to open, and most runs do not read it.
  const stdin = { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() };
  const isTerminal = stdout.isTTY === true;
  const streams = { stdin, stdout, stderr };
  const status = await runProgram(program, { argv: argv.slice(2), env, isTerminal, streams }, stop.signal);
  // The last write may have failed; its error event comes after `write` returns.
  await new Promise(setImmediate);
  return stop.signal.aborted ? Number(stop.signal.reason) : status;
}
