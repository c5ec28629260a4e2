import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

/** How a command ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Its exit status, or the name of the signal that it died of. */
  readonly status: number | NodeJS.Signals | null;
}

/** What a command has printed to one of its streams so far. */
interface Printed {
  all(): string;
  /** The next line, without its LF, as soon as it is there; rejects where the stream ends before. */
  nextLine(): Promise<string>;
}

/** A command that runs, its standard input open. */
export interface Running {
  readonly stdout: Printed;
  readonly stderr: Printed;
  /** Writes to its standard input. */
  type(text: string | Uint8Array): void;
  /** Ends its standard input, after a last text. */
  endInput(text?: string | Uint8Array): void;
  interrupt(): void;
  /** Ends it without a chance to clean up. */
  kill(): void;
  /** Leaves its standard error without a reader. */
  closeStderr(): void;
  readonly ended: Promise<Ended>;
}

type Environment = Readonly<Record<string, string>>;

const bin = fileURLToPath(new URL('../../bin/blogdom.js', import.meta.url));

/** Milliseconds until a command that hangs is killed, which its status then tells. */
const patience = 10_000;
vi.setConfig({ testTimeout: 2 * patience });

/** Starts a program by its name or path; `ended` rejects where there is none. */
export function start(program: string, args: readonly string[], env: Environment = {}): Running {
  // In a group of its own, so that a shell is killed together with all that it has started.
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env }, detached: true });
  const { pid, stdin } = child;
  const overrun = setTimeout(() => pid !== undefined && process.kill(-pid, 'SIGKILL'), patience);
  // A command may end without having read all of its input.
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
    kill: () => void child.kill('SIGKILL'),
    closeStderr: () => void child.stderr.destroy(),
    ended: closed
      .then((status) => ({ stdout: stdout.all(), stderr: stderr.all(), status }))
      .finally(() => clearTimeout(overrun)),
  };
}

function collect(stream: Readable): Printed {
  let all = '';
  let taken = 0;
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    all += chunk;
  });
  const closed = once(stream, 'close');
  return {
    all: () => all,
    async nextLine() {
      for (;;) {
        const end = all.indexOf('\n', taken);
        if (end >= 0) {
          const line = all.slice(taken, end);
          taken = end + 1;
          return line;
        }
        if (stream.closed) throw new Error(`Expected one more line, got only ${JSON.stringify(all)}`);
        await Promise.race([once(stream, 'data'), closed]);
      }
    },
  };
}

/** Starts the built command, as a program that users start from their shell. */
export function startBlogdom(args: readonly string[], env?: Environment): Running {
  return start(process.execPath, [bin, ...args], env);
}

/** The variables by which a shell finds the built command. */
export const places = { NODE: process.execPath, BLOGDOM: bin };

/** Runs a script of bash in which `blogdom` is the built command. */
export function shell(script: string, env?: Environment): Promise<Ended> {
  const command = 'blogdom() { "$NODE" "$BLOGDOM" "$@"; }';
  const running = start('bash', ['--norc', '-c', `${command}\n${script}`], { ...env, ...places });
  running.endInput();
  return running.ended;
}
