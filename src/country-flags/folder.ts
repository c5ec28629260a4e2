import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quoted } from '../printable.js';

/** Where the flags go. */
export interface Folder {
  /** Whether the flag of this country was there when the folder was opened. */
  has(code: string): boolean;
  /** Saves a flag, wholly or not at all; gives the reason where it cannot. */
  save(code: string, picture: Uint8Array): string | undefined;
}

/** The process that began such a file may have been killed before the file got its name. */
const unfinished = /^\.[A-Z]{2}\.gif\.(\d+)\.part$/;

/** Opens a folder, which is made if need be, and clears it of what killed runs left; or says what is wrong with it. */
export function openFolder(path: string): Folder | { readonly problem: string } {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK | constants.X_OK);
    const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of files) {
      const writer = unfinished.exec(name)?.[1];
      if (writer && !isAtWork(Number(writer))) rmSync(join(path, name), { force: true });
    }
    const names = new Set(files.map(({ name }) => name));
    return { has: (code) => names.has(`${code}.gif`), save: (code, picture) => save(path, code, picture) };
  } catch (error) {
    const reason = codeOf(error);
    return {
      problem: `--out: expected a folder, or a place for one, that may be written to, got ${quoted(path)} (${reason})`,
    };
  }
}

/** In one go, so that Ctrl-C cannot come between. */
function save(path: string, code: string, picture: Uint8Array): string | undefined {
  const temporary = join(path, `.${code}.gif.${process.pid}.part`);
  try {
    // Not through a link that somebody laid there.
    writeFileSync(temporary, picture, { flag: 'wx' });
    renameSync(temporary, join(path, `${code}.gif`));
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    return `cannot be saved (${codeOf(error)})`;
  }
}

/** Whether another process has this id. */
function isAtWork(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    // Sends nothing.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
