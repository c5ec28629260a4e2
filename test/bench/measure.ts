import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { searchPath } from '../helpers/system/process.js';

/** The cost of one run of a program. */
export interface Cost {
  /** Seconds until its first output, or until its end if it has none. */
  readonly firstSeconds: number;
  readonly seconds: number;
  /** Processor time of the program, the kernel's work for it included. */
  readonly processorSeconds: number;
  /** Peak memory, in megabytes. */
  readonly megabytes: number;
  readonly status: number | null;
  readonly stderr: string;
}

/** The files and environment of a run. */
export interface RunContext {
  /** The folder for the files of the measurement. */
  readonly folder: string;
  readonly outputFile: string;
  /** A file that is piped to its standard input. */
  readonly inputFile?: string | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** The time limit of a run, in seconds. */
const timeLimit = '600';

/** The environment of every program of the benchmark. */
export const environment = { PATH: searchPath, LC_ALL: 'C.UTF-8' } as const;

/** Runs a program to its end, with standard output to a file, and measures its cost. */
export async function measure(command: readonly string[], context: RunContext): Promise<Cost> {
  const { folder, outputFile, inputFile, variables } = context;
  const costFile = join(folder, 'cost');
  const timed = ['time', '-f', '%U %S %M', '-o', costFile, 'timeout', '--foreground', timeLimit, ...command];
  const piped = inputFile === undefined ? [] : ['sh', '-c', 'cat "$0" | "$@"', inputFile];
  const [file = '', ...args] = [...piped, ...timed];
  const output = await open(outputFile, 'w');
  let began = 0;
  let firstSeconds: number | undefined;
  // What a program writes goes straight to the file, so that the benchmark does not slow it down.
  const watcher = watch(outputFile, () => {
    firstSeconds ??= (performance.now() - began) / 1000;
    watcher.close();
  });
  try {
    began = performance.now();
    const child = spawn(file, args, {
      env: { ...environment, ...variables },
      stdio: ['ignore', output.fd, 'pipe'],
    });
    const closed = once(child, 'close');
    const [stderr] = await Promise.all([child.stderr && text(child.stderr), closed]);
    const seconds = (performance.now() - began) / 1000;
    // If the status is not 0, a line that says so comes first.
    const last = (await readFile(costFile, 'utf8')).trimEnd().split('\n').at(-1) ?? '';
    const [user = 0, system = 0, kilobytes = 0] = last.split(' ').map(Number);
    const megabytes = kilobytes / 1024;
    return {
      firstSeconds: firstSeconds ?? seconds,
      seconds,
      processorSeconds: user + system,
      megabytes,
      status: child.exitCode,
      stderr: stderr ?? '',
    };
  } finally {
    watcher.close();
    await output.close();
  }
}

/** Measures the seconds until a program's first output and until its end. */
export async function timeFirstLine(
  command: readonly string[],
): Promise<{ readonly first: number; readonly all: number; readonly lines: readonly string[] }> {
  const [file = '', ...args] = command;
  const began = performance.now();
  const child = spawn(file, args, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
  let first: number | undefined;
  child.stdout.once('data', () => {
    first = (performance.now() - began) / 1000;
  });
  const closed = once(child, 'close');
  const [output] = await Promise.all([text(child.stdout), closed]);
  const all = (performance.now() - began) / 1000;
  return { first: first ?? all, all, lines: output.trimEnd().split('\n').toSorted() };
}

/** Whether a program is installed. */
export const isInstalled = (program: string): boolean =>
  spawnSync('sh', ['-c', 'command -v "$0"', program], { env: environment }).status === 0;

/** Returns the median. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
