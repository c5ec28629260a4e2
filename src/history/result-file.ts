import { createReadStream, type Stats } from 'node:fs';
import { type FileHandle, open, realpath, rm, stat } from 'node:fs/promises';
import type { Problem } from '../names/domain-name.js';
import type { ProbeResult } from '../probe/result.js';
import { codeOf, whyUnusable } from '../util/error-code.js';
import { quoted } from '../util/printable.js';
import { openLock } from './lock.js';
import { badLine, notResults } from './messages.js';
import { readResults } from './read-results.js';
import { copyOf, createKept, rewrite, writeAll } from './rewrite.js';

/** A file that results are appended to. */
export interface ResultFile {
  /**
   * Appends lines.
   *
   * @param lines whole lines, each with its LF.
   * @throws an `Error` with a message for the user if they cannot be written; the file then has none of them.
   */
  append(lines: string): Promise<void>;
  /**
   * Closes the file, and lets other processes use it.
   *
   * @throws an `Error` with a message for the user if something could not be written.
   */
  close(): Promise<void>;
}

/**
 * Opens a file of results to go on with it, and creates it if it is not there. It is not changed before each line has
 * been checked. Then a last line that is cut is completed or removed, and so are the lines of names without an answer,
 * which will be asked again. If a name has several answers, the first one is kept.
 *
 * @param onAnswer is called with each result that has an answer; returns whether it is kept.
 * @param signal ends reading.
 * @returns the file, or what is wrong with it: another process is using it, or it has a line that is not a result.
 * @throws the signal's reason if it aborts.
 */
export async function openResultFile(
  path: string,
  onAnswer: (result: ProbeResult) => boolean,
  signal: AbortSignal,
): Promise<ResultFile | Problem> {
  try {
    const stats = await ensureFile(path);
    if (!stats.isFile())
      return {
        problem: notResults(path, `it is ${stats.isDirectory() ? 'a folder' : 'not a regular file'}`),
      };
    // A file that is rewritten must not replace a link to it.
    const target = await realpath(path);
    const lock = await openLock(target);
    if (!lock) return { problem: `expected a file that no other blogdom is using, got ${quoted(path)}` };
    try {
      const repaired = await repair(target, stats, onAnswer, signal);
      if ('badLine' in repaired) {
        await lock.release();
        return { problem: badLine(path, repaired.badLine) };
      }
      return appendTo(await open(target, 'r+'), repaired.length, path, lock.release);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    signal.throwIfAborted();
    return { problem: notResults(path, whyUnusable(error, 'write')) };
  }
}

async function ensureFile(path: string): Promise<Stats> {
  try {
    // Not opened at once: opening a named pipe might wait forever.
    return await stat(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await (await open(path, 'a')).close();
    return stat(path);
  }
}

/** Makes a file end after its last whole line, and have only lines that are kept; returns its new length. */
async function repair(
  path: string,
  stats: Stats,
  onAnswer: (result: ProbeResult) => boolean,
  signal: AbortSignal,
): Promise<{ readonly length: number } | { readonly badLine: number }> {
  await rm(copyOf(path), { force: true });
  const kept = createKept();
  const read = await readResults(
    createReadStream(path, { highWaterMark: 2 ** 20 }),
    (result, start, end) => {
      if (result.status !== 'unknown' && onAnswer(result)) kept.add({ start, end });
    },
    signal,
  );
  if ('badLine' in read) return read;
  if (kept.length() < read.position) await rewrite(path, kept.ranges, stats);
  const file = await open(path, 'r+');
  try {
    const length = kept.length();
    if (read.length > read.position) await file.truncate(length);
    const lacksNewline = read.lacksNewline && kept.ranges.at(-1)?.end === read.position;
    if (lacksNewline) await writeAll(file, Buffer.from('\n'), length);
    return { length: lacksNewline ? length + 1 : length };
  } finally {
    await file.close();
  }
}

function appendTo(file: FileHandle, length: number, path: string, release: () => Promise<void>): ResultFile {
  let end = length;
  return {
    async append(lines) {
      const octets = Buffer.from(lines);
      try {
        await writeAll(file, octets, end);
        end += octets.length;
      } catch (error) {
        await file.truncate(end).catch(() => {});
        throw new Error(cannotWrite(path, error));
      }
    },
    async close() {
      try {
        // Some file systems report only now that the disk is full.
        await file.datasync();
      } catch (error) {
        throw new Error(cannotWrite(path, error));
      } finally {
        await file.close();
        await release();
      }
    },
  };
}

const cannotWrite = (path: string, error: unknown): string =>
  `cannot write the results to ${quoted(path)}: ${whyUnusable(error, 'write')}`;
