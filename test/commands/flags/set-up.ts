import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { run } from '../../../src/commands/flags/run.js';
import { type FlagServer, serveFlags } from '../../helpers/flag-server.js';
import type { Action } from '../../helpers/rdap-server.js';
import { makeFolder } from '../../helpers/system/folder.js';

type Options = Parameters<typeof run>[0];

/** A run of the command in the process of the test. */
export interface Running {
  /** Everything that was printed to standard output so far. */
  stdout(): string;
  stderr(): string;
  /** Standard output and standard error together, as a terminal shows them. */
  screen(): string;
  /** The exit status. */
  readonly status: Promise<number>;
}

/** A server with flags, and a folder for them that does not exist yet and is removed after the test. */
export interface SetUp {
  readonly server: FlagServer;
  /** The path of the folder. */
  readonly out: string;
  start(codes: readonly string[], options?: Partial<Options>, signal?: AbortSignal): Running;
  /** The names of all files in the folder, in alphabetical order. */
  files(): Promise<string[]>;
}

export async function setUpRun(actions?: Readonly<Record<string, Action>>, other?: Action): Promise<SetUp> {
  const server = await serveFlags(actions, other);
  const folder = await makeFolder();
  onTestFinished(folder.remove);
  const out = join(folder.path, 'flags');
  const defaults = { baseUrl: server.baseUrl, out, concurrency: 100, timeout: 10_000 };
  return {
    server,
    out,
    start(codes, options = {}, signal = new AbortController().signal) {
      const printed = { stdout: '', stderr: '', screen: '' };
      const collect = (name: 'stdout' | 'stderr') =>
        new PassThrough({ encoding: 'utf8' }).on('data', (text: string) => {
          printed[name] += text;
          printed.screen += text;
        });
      const streams = { stdout: collect('stdout'), stderr: collect('stderr') };
      const all: Options = { ...defaults, codes, progress: 'never', ...options };
      return {
        stdout: () => printed.stdout,
        stderr: () => printed.stderr,
        screen: () => printed.screen,
        status: run(all, streams, signal),
      };
    },
    files: async () => (await readdir(out)).toSorted(),
  };
}
