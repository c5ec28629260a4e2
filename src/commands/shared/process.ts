import { exitStatus } from './exit-status.js';
import { type Program, runProgram } from './program.js';

/**
 * Runs a command as this process, and ends the process with the command's exit status. This is the only module that
 * touches the process: its arguments, environment, streams, signals and exit status.
 */
export function main<Options>(program: Program<Options>): void {
  void runAsProcess(program).then((status) => process.exit(status));
}

async function runAsProcess<Options>(program: Program<Options>): Promise<number> {
  const { argv, env, stdout, stderr } = process;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(exitStatus.interrupted));
  // The reader of messages may be gone; that costs no results.
  stderr.on('error', () => {});
  stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (stop.signal.aborted) return;
    // A reader that has seen enough, such as `head`, is not a failure.
    if (code !== 'EPIPE') stderr.write(`${program.name}: cannot write the results: ${code}\n`);
    stop.abort(code === 'EPIPE' ? exitStatus.answered : exitStatus.usage);
  });
  // Opened on the first read: opening it takes a while, and most runs do not read it.
  const stdin = { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() };
  const isTerminal = stdout.isTTY === true;
  const streams = { stdin, stdout, stderr };
  const status = await runProgram(program, { argv: argv.slice(2), env, isTerminal, streams }, stop.signal);
  // A failed write is reported only after the write.
  await new Promise(setImmediate);
  return stop.signal.aborted ? Number(stop.signal.reason) : status;
}
