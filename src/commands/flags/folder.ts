import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { quoted } from '../../util/printable.js';

/** Where the flags go. */
export interface Folder {
  /** Whether the flag of this country was there when the folder was opened. */
  has(code: string): boolean;
  /** Saves a flag, wholly or not at all; gives the reason where it cannot. */
  save(code: string, picture: Uint8Array): string | undefined;
}

/** A run may have been killed before such a file got its name. */
const unfinished = /^\.[A-Z]{2}\.gif\.[0-9a-z]+\.part$/;

/** Opens a folder, which is made if need be, and clears it of what killed runs left; or says what is wrong with it. */
export function openFolder(path: string): Folder | { readonly problem: string } {
  try {
    makeFolder(resolve(path));
    accessSync(path, constants.W_OK | constants.X_OK);
    const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of files) if (unfinished.test(name)) rmSync(join(path, name), { force: true });
    const names = new Set(files.map(({ name }) => name));
    return { has: (code) => names.has(`${code}.gif`), save: (code, picture) => save(path, code, picture) };
  } catch (error) {
    const reason = codeOf(error);
    return {
      problem: `--out: expected a folder, or a place for one, that may be written to, got ${quoted(path)} (${reason})`,
    };
  }
}

/** Node's own `recursive` never ends where a folder that is there takes no other, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have been faster.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Tells the files of this run from those of another one in the same folder. */
const runId = Math.random().toString(36).slice(2);

/** In one go, so that Ctrl-C cannot come between. */
function save(path: string, code: string, picture: Uint8Array, tries = 2): string | undefined {
  const temporary = join(path, `.${code}.gif.${runId}.part`);
  try {
    // Not through a link that somebody laid there.
    writeFileSync(temporary, picture, { flag: 'wx' });
    renameSync(temporary, join(path, `${code}.gif`));
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    // Another run that has just begun may have taken it for what a killed one left.
    if (codeOf(error) === 'ENOENT' && tries > 1) return save(path, code, picture, tries - 1);
    return `cannot be saved (${codeOf(error)})`;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
