import { constants, createReadStream, fstatSync, openSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { quoted } from '../util/printable.js';
import type { WordSource } from './candidates.js';
import { readLines } from './lines.js';
import { type Language, reservedWords } from './reserved-words/index.js';

/** Which words the user wants. */
export interface WordOptions {
  /** Checked before. */
  readonly words: readonly string[];
  /** Paths; `-` is standard input. */
  readonly files: readonly string[];
  readonly languages: readonly Language[];
  readonly soft: boolean;
  readonly minLength: number;
  readonly maxLength: number;
  /** Reserved words have a limit of their own. */
  readonly maxReservedLength: number;
}

/**
 * Opens all sources of words, standard input as the last, since it may never end.
 *
 * @param report takes the messages about lines that are no names.
 * @returns what is wrong, in one line, where a file cannot be read.
 */
export async function openSources(
  options: WordOptions,
  stdin: AsyncIterable<Uint8Array>,
  report: (message: string) => void,
): Promise<readonly WordSource[] | { readonly problem: string }> {
  const { words, files, languages, soft, minLength, maxLength } = options;
  const reserved = await reservedWords(languages, soft);
  const sources: WordSource[] = [
    { chunks: [words], minLength, maxLength, reject: report },
    // A reserved word that is no label, such as `_`, is nobody's mistake.
    { chunks: [reserved], minLength, maxLength: options.maxReservedLength, reject: () => {} },
  ];
  const lines = (origin: string, chunks: AsyncIterable<Uint8Array>): WordSource => ({
    chunks: readLines(chunks),
    minLength,
    maxLength,
    reject: (problem, line) => report(`${origin}, line ${line}: ${problem}`),
  });
  for (const path of files.filter((file) => file !== '-')) {
    const opened = openFile(path);
    if ('problem' in opened) return opened;
    sources.push(lines(quoted(path), opened.chunks));
  }
  return files.includes('-') ? [...sources, lines('standard input', stdin)] : sources;
}

function openFile(
  path: string,
): { readonly chunks: AsyncIterable<Uint8Array> } | { readonly problem: string } {
  try {
    // Without O_NONBLOCK a named pipe that nobody writes to would hold up the whole process.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (stat.isDirectory())
      return { problem: `expected a file of names, got ${quoted(path)}: it is a folder` };
    return { chunks: readFile(openStream(descriptor, stat), path) };
  } catch (error) {
    return { problem: unreadable(path, error) };
  }
}

/** What may have nothing to read yet is waited for by the event loop: a thread that waits cannot be ended. */
function openStream(fd: number, stat: Stats): Readable {
  if (isatty(fd)) return new ReadStream(fd);
  if (stat.isFIFO() || stat.isSocket()) return new Socket({ fd, readable: true, writable: false });
  return createReadStream('', { fd });
}

async function* readFile(stream: Readable, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw new Error(unreadable(path, error));
  }
}

const meanings: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'reading it is not permitted',
  ENOTDIR: 'a part of the path is no folder',
};

function unreadable(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return `expected a file of names, got ${quoted(path)}: ${meanings[code] ?? code}`;
}
