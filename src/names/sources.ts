import { whyUnusable } from '../util/error-code.js';
import { openInputFile } from '../util/input-file.js';
import { quoted } from '../util/printable.js';
import { inUtf8 } from '../util/utf-16.js';
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
    // Nor are all words of a pattern.
    ...patterns.map((pattern) => ({ chunks: wordsOf(pattern), minLength, maxLength, reject: () => {} })),
  ];
  for (const path of [...files.filter((file) => file !== '-'), ...(files.includes('-') ? ['-'] : [])]) {
    const origin = path === '-' ? 'standard input' : quoted(path);
    const describe = (error: unknown) =>
      `expected a file of names, got ${origin}: ${whyUnusable(error, 'read')}`;
    try {
      // Opened now, so that a file that cannot be read is reported before anything is probed.
      const stream = path === '-' ? stdin : openInputFile(path);
      const chunks = readLines(readChunks(stream[Symbol.asyncIterator](), describe));
      const reject = (problem: string, lineNumber: number) =>
        report(`${origin}, line ${lineNumber}: ${problem}`);
      sources.push({ chunks, minLength, maxLength, reject });
    } catch (error) {
      return { problem: describe(error) };
    }
  }
  return sources;
}

async function* readChunks(
  iterator: AsyncIterator<Uint8Array>,
  describe: (error: unknown) => string,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* inUtf8({ [Symbol.asyncIterator]: () => iterator });
  } catch (error) {
    throw new Error(describe(error));
  }
}
