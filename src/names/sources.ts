import { constants, createReadStream, fstatSync, openSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { quoted } from '../util/printable.js';
import type { WordSource } from './candidates.js';
import type { Problem } from './domain-name.js';
import { readLines } from './lines.js';
import { type Language, reservedWords } from './reserved-words/index.js';

/** The words that the user wants. */
export interface WordOptions {
  /** Words from the command line, already checked. */
  readonly words: readonly string[];
  /** Paths; `-` is standard input. */
  readonly files: readonly string[];
  /** The languages whose reserved words are wanted. */
  readonly languages: readonly Language[];
  /** Whether the soft words of these languages are wanted, too. */
  readonly soft: boolean;
  /** Minimum number of letters in a word. */
  readonly minLength: number;
  /** Maximum number of letters in a word that is not a reserved word. */
  readonly maxLength: number;
  /** Maximum number of letters in a reserved word. */
  readonly maxReservedLength: number;
}

/**
 * Opens all sources of words. Standard input is the last, since it may never end.
 *
 * @param report called with a message for each line that is not a word or a domain name.
 * @param stdin standard input; throws an error with the code `EISDIR` if it is a folder.
 * @returns the sources, or what is wrong if a file cannot be opened. A source throws an `Error` with a message of
 * the same form if reading its file fails later.
 */
export async function openSources(
  options: WordOptions,
  stdin: AsyncIterable<Uint8Array>,
  report: (message: string) => void,
): Promise<readonly WordSource[] | Problem> {
  const { words, files, languages, soft, minLength, maxLength } = options;
  const reserved = await reservedWords(languages, soft);
  const sources: WordSource[] = [
    { chunks: [words], minLength, maxLength, reject: report },
    // Some reserved words, such as `_`, are not labels. That is not the user's mistake.
    { chunks: [reserved], minLength, maxLength: options.maxReservedLength, reject: () => {} },
  ];
  const linesOf = (origin: string, chunks: AsyncIterable<Uint8Array>): WordSource => ({
    chunks: readLines(chunks),
    minLength,
    maxLength,
    reject: (problem, lineNumber) => report(`${origin}, line ${lineNumber}: ${problem}`),
  });
  for (const path of files.filter((file) => file !== '-')) {
    const opened = openFile(path);
    if ('problem' in opened) return opened;
    sources.push(linesOf(quoted(path), opened.chunks));
  }
  if (files.includes('-')) {
    const opened = openStdin(stdin);
    if ('problem' in opened) return opened;
    sources.push(linesOf(standardInput, opened.chunks));
  }
  return sources;
}

interface Opened {
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Standard input, in messages. */
const standardInput = 'standard input';

function openStdin(stdin: AsyncIterable<Uint8Array>): Opened | Problem {
  try {
    // Reports now, before anything is probed, that it is a folder.
    const iterator = stdin[Symbol.asyncIterator]();
    return { chunks: readChunks({ [Symbol.asyncIterator]: () => iterator }, standardInput) };
  } catch (error) {
    return { problem: message(standardInput, reasonOf(error)) };
  }
}

function openFile(path: string): Opened | Problem {
  const origin = quoted(path);
  try {
    // Without O_NONBLOCK, a named pipe that nobody writes to would block the whole process.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return { problem: message(origin, isFolder) };
    return { chunks: readChunks(openStream(descriptor, stat), origin) };
  } catch (error) {
    return { problem: message(origin, reasonOf(error)) };
  }
}

/**
 * Opens a stream that waits for a terminal, pipe or socket in the event loop. A file stream would wait in a thread,
 * which would keep the process from exiting.
 */
function openStream(fd: number, stat: Stats): Readable {
  if (isatty(fd)) return new ReadStream(fd);
  if (stat.isFIFO() || stat.isSocket()) return new Socket({ fd, readable: true, writable: false });
  return createReadStream('', { fd });
}

async function* readChunks(
  stream: AsyncIterable<Uint8Array>,
  origin: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    throw new Error(message(origin, reasonOf(error)));
  }
}

function message(origin: string, reason: string): string {
  return `expected a file of names, got ${origin}: ${reason}`;
}

const isFolder = 'it is a folder';

const reasons: Readonly<Record<string, string>> = {
  EISDIR: isFolder,
  ENOENT: 'there is no such file',
  EACCES: 'you do not have permission to read it',
  ENOTDIR: 'a part of the path is not a folder',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return reasons[code] ?? `it cannot be read (${code})`;
}
