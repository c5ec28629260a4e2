import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf } from '../../util/error-code.js';
import { quoted } from '../../util/printable.js';
import { isWholeGif } from './gif.js';

/** The folder in which flags are saved. */
export interface Folder {
  /** Whether the flag of this country existed when the folder was opened, and is a whole picture. */
  has(code: string): boolean;
  /** Saves the whole flag or nothing. Returns the reason if it cannot be saved. */
  save(code: string, picture: Uint8Array): string | undefined;
}

/** Matches the names of temporary files. A run that was killed before it could rename one leaves it behind. */
const temporaryFile = /^\.[A-Z]{2}\.gif\.[0-9a-z]+\.part$/;

/**
 * Opens a folder: creates it if necessary, and removes the temporary files of killed runs.
 *
 * @returns the folder, or one line that says what is wrong with it.
 */
export function openFolder(path: string): Folder | { readonly problem: string } {
  try {
    createFolder(resolve(path));
    accessSync(path, constants.W_OK | constants.X_OK);
    const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of files) if (temporaryFile.test(name)) rmSync(join(path, name), { force: true });
    const names = new Set(files.map(({ name }) => name));
    return {
      has: (code) => names.has(`${code}.gif`) && isWhole(join(path, `${code}.gif`)),
      save: (code, picture) => save(path, code, picture),
    };
  } catch (error) {
    const reason = codeOf(error);
    return {
      problem: `--out: expected a writable folder, or a path where one can be created, got ${quoted(path)} (${reason})`,
    };
  }
}

/** Whether a file is a whole picture; one that cannot be read is not. */
function isWhole(path: string): boolean {
  try {
    return isWholeGif(readFileSync(path));
  } catch {
    return false;
  }
}

/**
 * Creates a folder and its parents. Node's own `recursive` option never returns if a parent exists but accepts no
 * new folders, such as /proc.
 */
function createFolder(path: string): void {
  if (existsSync(path)) return;
  createFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have created it in the meantime.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Distinguishes the temporary files of this run from those of other runs in the same folder. */
const runId = Math.random().toString(36).slice(2);

/** Saves synchronously, so that Ctrl-C cannot interrupt it. */
function save(path: string, code: string, picture: Uint8Array, tries = 2): string | undefined {
  const temporary = join(path, `.${code}.gif.${runId}.part`);
  try {
    // Fails if the file exists, and so never writes through a symbolic link.
    writeFileSync(temporary, picture, { flag: 'wx' });
    renameSync(temporary, join(path, `${code}.gif`));
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    // Another run that has just started may have removed the file as a leftover.
    if (codeOf(error) === 'ENOENT' && tries > 1) return save(path, code, picture, tries - 1);
    return `cannot be saved (${codeOf(error)})`;
  }
}
