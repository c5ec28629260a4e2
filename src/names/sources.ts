import { whyUnusable } from '../util/error-code.js';
import { openInputFile } from '../util/input-file.js';
import { quoted } from '../util/printable.js';
import type { WordSource } from './candidates.js';
import type { Problem } from './domain-name.js';
import { readLines } from './lines.js';
import { type Pattern, wordsOf } from './pattern/index.js';
import { type Language, reservedWords } from './reserved-words/index.js';

/** The words that the user wants. */
export interface WordOptions {
  /** Words from the command line, already checked. */
  readonly words: readonly string[];
  /** Patterns that stand for words. */
  readonly patterns: readonly Pattern[];
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
  const { words, patterns, files, languages, soft, minLength, maxLength } = options;
  const reserved = await reservedWords(languages, soft);
  const sources: WordSource[] = [
    { chunks: [words], minLength, maxLength, reject: report },
    // Some reserved words, such as `_`, are not labels. That is not the user's mistake.
    { chunks: [reserved], minLength, maxLength: options.maxReservedLength, reject: () => {} },
    // Neither are all words of a pattern.
    ...patterns.map((pattern) => ({ chunks: wordsOf(pattern), minLength, maxLength, reject: () => {} })),
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
    return { problem: message(standardInput, whyUnusable(error, 'read')) };
  }
}

function openFile(path: string): Opened | Problem {
  const origin = quoted(path);
  try {
    return { chunks: readChunks(openInputFile(path), origin) };
  } catch (error) {
    return { problem: message(origin, whyUnusable(error, 'read')) };
  }
}

async function* readChunks(
  stream: AsyncIterable<Uint8Array>,
  origin: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    throw new Error(message(origin, whyUnusable(error, 'read')));
  }
}

function message(origin: string, reason: string): string {
  return `expected a file of names, got ${origin}: ${reason}`;
}
