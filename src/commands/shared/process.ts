import { fstatSync, type Stats } from 'node:fs';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { setFlagsFromString } from 'node:v8';
import { whyUnusable } from '../../util/error-code.js';
import { exitStatus } from './exit-status.js';
import { type Program, runProgram, type Streams } from './program.js';
import { isTerminalShared, linkOf } from './terminal-sharing.js';

/** A run that takes more milliseconds than this is a long one. */
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
  const listen = () => {
    // Only once: the second signal ends the process at once.
    process.once('SIGINT', () => stop.abort(exitStatus.interrupted));
    process.once('SIGTERM', () => stop.abort(exitStatus.terminated));
  };
  // The run goes on if nobody reads its messages.
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    const { code } = error;
    if (stop.signal.aborted) return;
    // A reader that has seen enough, such as `head`, is not an error. On Windows, its end has two codes.
    const hasLeft = code === 'EPIPE' || code === 'EOF';
    if (hasLeft && program.outlivesReader) return;
    if (!hasLeft) stderr.write(`${program.name}: cannot write the results: ${whyUnusable(error, 'write')}\n`);
    stop.abort(hasLeft ? exitStatus.answered : exitStatus.usage);
  });
  const streams = { stdin: openStdin(), stdout, stderr, isTyped: isatty(0), hasInput, sharesTerminal };
  // Before the run, a signal ends the process at once: a file that an option names may be a pipe that nobody writes to.
  const listening: Program<Options> = {
    ...program,
    run(...given) {
      listen();
      return program.run(...given);
    },
  };
  const run = runProgram(listening, { argv: argv.slice(2), env, streams }, stop.signal);
  const status = await Promise.race([run, stalledAfterAbort(stdout, stop.signal)]);
  // The last write may have failed; its error event comes after `write` returns.
  await new Promise(setImmediate);
  await passedOn(stderr);
  return stop.signal.aborted ? Number(stop.signal.reason) : status;
}

/**
 * Makes V8 collect garbage when its heap has grown two and a half times instead of four times. 5,000,000 names then
 * need 129 to 139 MB instead of 154 to 170 MB, in the same time.
 *
 * @param v8Version the version of Node 20 to 24 begins with 11 to 13, and is known to have the flag.
 */
function keepHeapSmall(v8Version: string): void {
  if (/^1[123]\./.test(v8Version)) setFlagsFromString('--heap-growing-percent=150');
}

/** Only Linux tells what the reader of a pipe prints to; elsewhere it is taken to be the terminal. */
function sharesTerminal(): boolean {
  if (process.stderr.isTTY !== true || !isPipe(1)) return false;
  const terminal = linkOf('/proc/self/fd/2');
  return terminal === undefined || (isTerminalShared(terminal, process.pid) ?? true);
}

function isPipe(descriptor: number): boolean {
  const stat = statOf(descriptor);
  return stat !== undefined && (stat.isFIFO() || stat.isSocket());
}

/** A socket does not count: programs that start others give them one. */
function hasInput(): boolean {
  const stat = statOf(0);
  return stat !== undefined && (stat.isFIFO() || (stat.isFile() && stat.size > 0));
}

/** Windows does not tell what a console is, and a descriptor may be closed. */
function statOf(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor);
  } catch {
    return undefined;
  }
}

/** Standard input, which is opened when it is read: that is slow, and most runs do not read it. */
const openStdin = (): Streams['stdin'] => ({
  [Symbol.asyncIterator]() {
    // `process.stdin` would be empty.
    if (statOf(0)?.isDirectory()) throw Object.assign(new Error('Expected a file'), { code: 'EISDIR' });
    return readStdin();
  },
});

async function* readStdin(): AsyncGenerator<Uint8Array, void, undefined> {
  yield* process.stdin;
}

/** Milliseconds after which a reader that has read nothing counts as stalled. */
const stallTime = 250;

/** Waits until a stream has passed on what was written, but not forever: on Windows, pipes are written in the background. */
async function passedOn(stream: Writable): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    stream.write('', () => resolve());
    setTimeout(resolve, stallTime);
  });
}

/**
 * Waits until the run is aborted and nobody reads what it has printed: the reader has stalled, and the run would wait for
 * it forever.
 *
 * @returns a status, which the reason of the signal replaces.
 */
async function stalledAfterAbort(stdout: Writable | Socket, signal: AbortSignal): Promise<number> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
  await new Promise<void>((resolve) => {
    // The time-out of a socket, pipe or terminal begins again as long as a part of what was written has been read.
    if ('setTimeout' in stdout) stdout.setTimeout(stallTime, resolve);
    else setTimeout(resolve, stallTime);
    // The time-out of a socket does not keep the process running.
    setInterval(() => {}, stallTime);
  });
  return exitStatus.answered;
}
