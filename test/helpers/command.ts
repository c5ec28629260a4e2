import { Writable } from 'node:stream';
import { type Options, parseOptions } from '../../src/commands/blogdom/options.js';
import { run } from '../../src/commands/blogdom/run.js';
import { type Program, runProgram } from '../../src/commands/shared/program.js';
import { systemClock } from '../../src/util/clock.js';

export { serve } from './serve.js';

/** The outcome of a command that has ended. */
export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status. */
  readonly status: number;
}

/** The standard input and environment of a command; both empty by default. */
export interface Context {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** A clock on which no data is more than a year old. */
const clock = { ...systemClock, date: () => new Date('2026-12-01T12:00:00Z') };

const program: Program<Options> = {
  name: 'blogdom',
  parse: parseOptions,
  run: (options, streams, signal) => run(options, streams, signal, clock),
};

/** Runs blogdom in the process of the test. */
export async function blogdom(
  argv: readonly string[],
  { input = '', env = {} }: Context = {},
): Promise<Ended> {
  const [stdout, stderr] = [collect(), collect()];
  const streams = { stdin: chunksOf(input), stdout: stdout.stream, stderr: stderr.stream };
  const { signal } = new AbortController();
  const status = await runProgram(program, { argv, env, streams }, signal);
  return { stdout: stdout.text(), stderr: stderr.text(), status };
}

async function* chunksOf(input: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(input);
}

function collect() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/** Returns the lines of an output in alphabetical order, because results come in any order. */
export function sortedLines(output: string): string[] {
  return output.replace(/\n$/, '').split('\n').toSorted();
}

/** Returns the URL by which results and messages name a server. */
export const urlOf = (server: { readonly address: string }): string => `udp://${server.address}`;
