import { constants, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { Recorded } from '../formats/format.js';
import type { Problem } from '../names/domain-name.js';
import { codeOf, whyUnusable } from '../util/error-code.js';
import type { FileSystem } from '../util/file-system.js';
import { isUtf16 } from '../util/utf-16.js';
import { type Appended, type Appender, createAppender } from './appender.js';
import type { LockPlatform } from './held-lock.js';
import { lockResults } from './lock-results.js';
import { badLine, notResults, skippedLines } from './messages.js';
import { readOpenResults } from './read-open-results.js';
import { tidy } from './tidy.js';

/** A file that results are appended to. */
export interface ResultFile {
  /**
   * Appends lines.
   *
   * @param linesOf returns whole lines, each with its LF; it is called when all that other programs have added has been read.
   */
  append(linesOf: () => readonly string[]): Promise<Appended>;
  /**
   * Closes the file, and lets other processes use it.
   *
   * @throws an `Error` with a message for the user if something could not be written, or the file is not what it was.
   */
  close(): Promise<void>;
}

/** What happens with the results in a file. */
export interface ResultReaders {
  /** Is called with each result that has an answer; returns whether it is the first one of its name. */
  readonly onAnswer: (result: Recorded) => boolean;
  /** Is called with each result without an answer. */
  readonly onUnanswered: (result: Recorded) => void;
  /** Is called with each answer that another program has added since the file was opened. */
  readonly onAdded: (result: Recorded) => void;
  /** Receives what a person should know. */
  readonly note: (message: string) => void;
}

/**
 * Opens a file of results to go on with it, and creates it if it is not there. It is locked meanwhile. Lines of names without an
 * answer, which will be asked again, are removed, and so are further answers of a name, and a file in UTF-16 is converted. For
 * this the file is replaced, unless another process might have it open. Apart from that, lines are only appended to it.
 *
 * @param signal ends reading.
 * @returns the file, or what is wrong with it: another process is using it, or it is not a file of results.
 * @throws the signal's reason if it aborts.
 */
export async function openResultFile(
  path: string,
  readers: ResultReaders,
  platform: LockPlatform,
  signal: AbortSignal,
): Promise<ResultFile | Problem> {
  const { files } = platform;
  try {
    const stats = await ensureFile(path, files);
    if (!stats.isFile()) {
      const what = stats.isDirectory() ? 'a folder' : 'not a regular file';
      return { problem: notResults(path, `it is ${what}`) };
    }
    // A file that is replaced must not replace a link to it.
    const target = await files.realpath(path);
    const lock = await lockResults(path, target, readers.note, platform, signal);
    if ('problem' in lock) return lock;
    try {
      const appender = await openAppender(
        { path, target, mayReplace: lock.isLocked },
        readers,
        files,
        signal,
      );
      if ('problem' in appender) {
        await lock.release();
        return appender;
      }
      await lock.bind(appender.id);
      const { append, close } = appender;
      return {
        append: (linesOf) => append(linesOf, lock.isHeld),
        close: () => close(lock.isHeld).finally(lock.release),
      };
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    signal.throwIfAborted();
    return { problem: notResults(path, whyUnusable(error, 'write')) };
  }
}

async function ensureFile(path: string, files: FileSystem): Promise<Stats> {
  try {
    // Not opened at once: opening a named pipe might wait forever.
    return await files.stat(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await (await files.open(path, 'a')).close();
    return files.stat(path);
  }
}

const openFile = (path: string, files: FileSystem): Promise<FileHandle> =>
  files.open(path, constants.O_RDWR | constants.O_APPEND | constants.O_NONBLOCK);

/** Reads a file, makes it tidy if it may be replaced, and opens it to append lines. */
async function openAppender(
  { path, target, mayReplace }: { path: string; target: string; mayReplace: boolean },
  { onAnswer, onUnanswered, onAdded, note }: ResultReaders,
  files: FileSystem,
  signal: AbortSignal,
): Promise<Appender | Problem> {
  let file = await openFile(target, files);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const isConverted = isUtf16(buffer);
    const reading = await readOpenResults(file, onAnswer, onUnanswered, signal);
    const { foreign, dropped } = reading;
    if (foreign !== undefined) {
      await file.close();
      return { problem: badLine(path, foreign) };
    }
    if (reading.skipped > 0) note(skippedLines(path, reading));
    let { length, lacksNewline } = reading;
    if (isConverted && !mayReplace)
      throw new Error('it is in UTF-16, and cannot be converted to UTF-8 there');
    if (mayReplace && (isConverted || dropped.length > 0)) {
      try {
        await tidy(file, target, dropped, files, signal);
        length -= dropped.reduce((sum, { start, end }) => sum + end - start, 0);
        lacksNewline &&= dropped.at(-1)?.end !== reading.length;
        await file.close();
        file = await openFile(target, files);
      } catch (error) {
        // Otherwise the file can be used as it is, with lines that do not count.
        if (isConverted || signal.aborted) throw error;
      }
    }
    return await createAppender({ file, path, target, files, length, lacksNewline, onAdded });
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
}
