import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Ended, type Running, start } from '../../helpers/built-command.js';
import { type FlagServer, serveFlags } from '../../helpers/flag-server.js';
import type { Action } from '../../helpers/rdap-server.js';
import { makeFolder } from '../../helpers/system/folder.js';

export const bin = fileURLToPath(new URL('../../../bin/blogdom-flags.js', import.meta.url));

/** Runs the built command to its end. */
export const blogdomFlags = (...args: readonly string[]): Promise<Ended> =>
  start(process.execPath, [bin, ...args]).ended;

/** A server with flags and a folder for them, which the command makes; removed when the test is over. */
export interface Downloading {
  readonly server: FlagServer;
  /** The folder's path. */
  readonly out: string;
  /** Starts the built command with this server and this folder. */
  start(...args: readonly string[]): Running;
  run(...args: readonly string[]): Promise<Ended>;
  /** The names of all files in the folder, in alphabetical order. */
  files(): Promise<string[]>;
}

export async function openDownloading(
  actions?: Readonly<Record<string, Action>>,
  other?: Action,
): Promise<Downloading> {
  const server = await serveFlags(actions, other);
  const folder = await makeFolder();
  onTestFinished(folder.remove);
  const out = join(folder.path, 'flags');
  const startHere = (...args: readonly string[]) =>
    start(process.execPath, [bin, '--base-url', server.baseUrl, '--out', out, ...args]);
  return {
    server,
    out,
    start: startHere,
    run: (...args) => startHere(...args).ended,
    files: async () => (await readdir(out)).toSorted(),
  };
}

/** The codes that were printed, in alphabetical order, and the line below them without its time. */
export function printed(stdout: string): { readonly codes: readonly string[]; readonly last: string } {
  const [codes, last = ''] = stdout.includes(' \n') ? stdout.split(' \n') : ['', stdout];
  return {
    codes: (codes ?? '').split(' ').filter(Boolean).toSorted(),
    last: last.replace(/ in \d+\.\d\ds\n$/, ''),
  };
}
