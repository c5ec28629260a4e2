import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

/** The outcome of a command that has ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status, or the name of the signal that ended the command. */
  readonly status: number | NodeJS.Signals | null;
}

/** The text that a command has printed to one of its streams so far. */
interface Printed {
  all(): string;
  /** Waits for the next line, and returns it without its LF; rejects if the stream ends first. */
  nextLine(): Promise<string>;
}

/** A running command, with its standard input open. */
export interface Running {
  readonly stdout: Printed;
  readonly stderr: Printed;
  /** Writes to its standard input. */
  type(text: string | Uint8Array): void;
  /** Writes a last text to its standard input and closes it. */
  endInput(text?: string | Uint8Array): void;
  /** Sends SIGINT. */
  interrupt(): void;
  /** Sends SIGTERM. */
  terminate(): void;
  /** Sends SIGKILL, which leaves it no chance to clean up. */
  kill(): void;
  /** Closes the reading end of its standard error. */
  closeStderr(): void;
  readonly ended: Promise<Ended>;
}

type Environment = Readonly<Record<string, string>>;

/** The path of the built command. */
export const bin = fileURLToPath(new URL('../../bin/blogdom.js', import.meta.url));

/** Milliseconds after which a command that hangs is killed; its status is then `SIGKILL`. */
const timeLimit = 50_000;
vi.setConfig({ testTimeout: 2 * timeLimit });

/** Starts a program, given by its name or path; `ended` rejects if there is no such program. */
export function start(program: string, args: readonly string[], env: Environment = {}): Running {
  // In a process group of its own, so that a shell is killed together with everything it started.
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env }, detached: true });
  const { pid, stdin } = child;
  const overrun = setTimeout(() => pid !== undefined && process.kill(-pid, 'SIGKILL'), timeLimit);
  // A command may end before it has read all of its input.
  stdin.on('error', () => {});
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const closed = new Promise<Ended['status']>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(status ?? signal));
  });
  return {
    stdout,
    stderr,
    type: (text) => void stdin.write(text),
    endInput: (text = '') => void stdin.end(text),
    interrupt: () => void child.kill('SIGINT'),
    terminate: () => void child.kill('SIGTERM'),
    kill: () => void child.kill('SIGKILL'),
    closeStderr: () => void child.stderr.destroy(),
    ended: closed
      .then((status) => ({ stdout: stdout.all(), stderr: stderr.all(), status }))
      .finally(() => clearTimeout(overrun)),
  };
}

function collect(stream: Readable): Printed {
  let all = '';
  let position = 0;
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    all += chunk;
  });
  const closed = once(stream, 'close');
  return {
    all: () => all,
    async nextLine() {
      for (;;) {
        const end = all.indexOf('\n', position);
        if (end >= 0) {
          const line = all.slice(position, end);
          position = end + 1;
          return line;
        }
        if (stream.closed) throw new Error(`Expected one more line, got only ${JSON.stringify(all)}`);
        await Promise.race([once(stream, 'data'), closed]);
      }
    },
  };
}

/** Starts the built command. */
export function startBlogdom(args: readonly string[], env?: Environment): Running {
  return start(process.execPath, [bin, ...args], env);
}

/** The variables by which a shell script finds the built command. */
export const commandPaths = { NODE: process.execPath, BLOGDOM: bin };

/** Runs a bash script in which `blogdom` is the built command. */
export function shell(script: string, env?: Environment): Promise<Ended> {
  const command = 'blogdom() { "$NODE" "$BLOGDOM" "$@"; }';
  const running = start('bash', ['--norc', '-c', `${command}\n${script}`], { ...env, ...commandPaths });
  running.endInput();
  return running.ended;
}
