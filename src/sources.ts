import { type FileHandle, open } from 'node:fs/promises';
import { readLines } from './lines.js';
import type { WordSource } from './names.js';
import { quoted } from './printable.js';
import { type Language, reservedWords } from './words/index.js';

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
    const opened = await openFile(path);
    if ('problem' in opened) return opened;
    sources.push(lines(quoted(path), opened.chunks));
  }
  return files.includes('-') ? [...sources, lines('standard input', stdin)] : sources;
}

async function openFile(
  path: string,
): Promise<{ readonly chunks: AsyncIterable<Uint8Array> } | { readonly problem: string }> {
  try {
    const handle = await open(path);
    if (!(await handle.stat()).isDirectory()) return { chunks: readFile(handle, path) };
    await handle.close();
    return { problem: `expected a file of names, got ${quoted(path)}: it is a folder` };
  } catch (error) {
    return { problem: unreadable(path, error) };
  }
}

async function* readFile(handle: FileHandle, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* handle.createReadStream();
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
