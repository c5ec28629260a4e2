import type { Stats } from 'node:fs';
import { type FileHandle, open, realpath, rm, stat } from 'node:fs/promises';
import type { Recorded } from '../formats/format.js';
import type { Problem } from '../names/domain-name.js';
import { codeOf, whyUnusable } from '../util/error-code.js';
import { quoted } from '../util/printable.js';
import { openLock } from './lock.js';
import { badLine, notResults } from './messages.js';
import { type End, readResults } from './read-results.js';
import { copyOf, isFileInUtf16, type Range, readUtf8, rewrite } from './rewrite.js';

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
 * been checked. Then it is converted if it is in UTF-16, a last line that is cut is completed or removed, and so are the lines of names without an answer,
 * which will be asked again. If a name has several answers, the first one is kept.
 *
 * @param onAnswer is called with each result that has an answer; returns whether it is kept.
 * @param signal ends reading.
 * @param onUnanswered is called with each result without an answer.
 * @returns the file, or what is wrong with it: another process is using it, or it has a line that is not a result.
 * @throws the signal's reason if it aborts.
 */
export async function openResultFile(
  path: string,
  onAnswer: (result: Recorded) => boolean,
  signal: AbortSignal,
  onUnanswered: (result: Recorded) => void = () => {},
): Promise<ResultFile | Problem> {
  try {
    const stats = await ensureFile(path);
    if (!stats.isFile()) {
      const what = stats.isDirectory() ? 'a folder' : 'not a regular file';
      return { problem: notResults(path, `it is ${what}`) };
    }
    // A file that is rewritten must not replace a link to it.
    const target = await realpath(path);
    const lock = await openLock(target);
    if (!lock) return { problem: `expected a file that no other blogdom is using, got ${quoted(path)}` };
    try {
      const { end, kept } = await readKept(target, onAnswer, signal, onUnanswered);
      if ('badLine' in end) {
        await lock.release();
        return { problem: badLine(path, end.badLine) };
      }
      await rm(copyOf(target), { force: true });
      const { file, size } = await repair(target, stats, end, kept, await isFileInUtf16(target));
      return appendTo(file, size, path, lock.release);
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

/** Reads a file, and finds the lines that are kept; adjacent ones are one range. */
async function readKept(
  path: string,
  onAnswer: (result: Recorded) => boolean,
  signal: AbortSignal,
  onUnanswered: (result: Recorded) => void,
) {
  const kept: Range[] = [];
  const onResult = (result: Recorded, start: number, end: number) => {
    if (result.status === 'unknown') return onUnanswered(result);
    if (!onAnswer(result)) return;
    const last = kept.at(-1);
    if (last?.end === start) kept[kept.length - 1] = { start: last.start, end };
    else kept.push({ start, end });
  };
  const chunks = readUtf8(path);
  return { end: await readResults(chunks, onResult, signal), kept };
}

/** Makes a file end after its last whole line, and have only lines that are kept; opens it to append lines. */
async function repair(
  path: string,
  stats: Stats,
  { position, lacksNewline, length }: End,
  kept: readonly Range[],
  isEncodedAnew: boolean,
): Promise<{ readonly file: FileHandle; readonly size: number }> {
  const size = kept.reduce((sum, { start, end }) => sum + end - start, 0);
  if (size < position || isEncodedAnew) await rewrite(path, kept, stats);
  const file = await open(path, 'a');
  try {
    if (length > position || isEncodedAnew) await file.truncate(size);
    if (!lacksNewline || kept.at(-1)?.end !== position) return { file, size };
    await file.appendFile('\n');
    return { file, size: size + 1 };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function appendTo(file: FileHandle, size: number, path: string, release: () => Promise<void>): ResultFile {
  const cannotWrite = (error: unknown) =>
    new Error(`cannot write the results to ${quoted(path)}: ${whyUnusable(error, 'write')}`);
  let end = size;
  return {
    async append(lines) {
      try {
        await file.appendFile(lines);
        end += Buffer.byteLength(lines);
      } catch (error) {
        await file.truncate(end).catch(() => {});
        throw cannotWrite(error);
      }
    },
    async close() {
      try {
        // Some file systems report only now that the disk is full.
        await file.datasync();
      } catch (error) {
        throw cannotWrite(error);
      } finally {
        await file.close();
        await release();
      }
    },
  };
}
