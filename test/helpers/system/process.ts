import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The command as a user has it: an executable file. */
export const blogdom = fileURLToPath(new URL('../../../bin/blogdom.js', import.meta.url));

const { PATH } = process.env;

/** Daemons live in folders that only root has in its path. */
export const searchPath = `${PATH}:/usr/local/sbin:/usr/sbin:/sbin`;

/** Nothing of the test runner's surroundings, such as its wish for color, reaches what is tested. */
const environment = { PATH: searchPath, LC_ALL: 'C.UTF-8', HOME: '/nonexistent' };

/** What a command that ran to its end gave. */
export interface Finished {
  readonly status: number | null;
  /** Standard output's lines, sorted as `lines.toSorted()` sorts, as the order in which answers come is nobody's. */
  readonly lines: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, standard input closed. It is stopped where it does not end by itself.
 *
 * @param variables are set for it beside the few that every program here gets.
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
  /** Ends the process and waits for its end. */
  stop(): Promise<void>;
}

/**
 * Starts a program and waits until it says that it is ready. Its standard input stays open as long as the
 * caller lives.
 *
 * @param ready matches what it has written by then.
 * @throws what it has written, where it ends before.
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
