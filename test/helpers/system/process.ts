import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The path of the command, which is an executable file. */
export const blogdom = fileURLToPath(new URL('../../../bin/blogdom.js', import.meta.url));

const { PATH } = process.env;

/** The folders to look for programs in; those of daemons are usually only in root's path. */
export const searchPath = `${PATH}:/usr/local/sbin:/usr/sbin:/sbin`;

/** The environment of every program; it hides the test runner's own, such as its choice of color. */
const environment = { PATH: searchPath, LC_ALL: 'C.UTF-8', HOME: '/nonexistent' };

/** The outcome of a command that has ended. */
export interface Finished {
  readonly status: number | null;
  /** The lines of standard output, sorted, because answers come in any order. */
  readonly lines: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end without standard input. Stops it after 20 seconds.
 *
 * @param variables more variables for its environment.
 */
export async function run(
  command: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const [file = '', ...args] = command;
  const env = { ...environment, ...variables };
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  const lines = stdout.split('\n').slice(0, -1).toSorted();
  return { status: child.exitCode, lines, stdout, stderr };
}

/** A program that runs until it is stopped. */
export interface Daemon {
  readonly pid: number;
  /** Ends the process and waits until it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a program and waits until it is ready. Its standard input stays open as long as this process lives.
 *
 * @param ready matches the output of a program that is ready.
 * @throws Error with the output, if the program ends before it is ready.
 */
export async function startDaemon(command: readonly string[], ready: RegExp): Promise<Daemon> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { env: environment });
  const closed = once(child, 'close');
  const stop = async () => {
    child.kill();
    await closed;
  };
  let written = '';
  await new Promise<void>((resolve, reject) => {
    const receive = (chunk: Buffer) => {
      written += chunk.toString();
      if (ready.test(written)) resolve();
    };
    child.stdout.on('data', receive);
    child.stderr.on('data', receive);
    closed.then(() => reject(new Error(`Expected ${file} to start, got: ${written}`)), reject);
  });
  return { pid: child.pid ?? 0, stop };
}
