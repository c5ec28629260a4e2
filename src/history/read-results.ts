import type { Recorded } from '../formats/format.js';
import { parseResult } from './parse-result.js';

/** What has been read of a file of results. */
export interface Reading {
  /** Octets, all lines together. */
  readonly length: number;
  /** Whether the last line lacks its LF: it may be cut, because the run was killed or the disk was full. */
  readonly lacksNewline: boolean;
  /** The number of lines that are not results; the last line is not counted if it is cut. */
  readonly skipped: number;
  /** The number of the first one of them, from 1. */
  readonly firstSkipped: number | undefined;
  /** The number of the first line that blogdom has not begun to write, if the file has no result at all. */
  readonly foreign: number | undefined;
}

/** Octets; a longer line is not a result. */
const maximumLineLength = 2 ** 20;

const lineFeed = 0x0a;

/** How every line begins that the format `json` writes. */
const beginning = '{"name":';

/**
 * Reads a file that the format `json` has written. Lines that are not results are passed over, and so are blank ones: two programs
 * may have written at once, or a line may have been cut.
 *
 * @param chunks UTF-8, with or without a byte order mark.
 * @param onResult is called with each result, and with where its line begins and where the next one does.
 * @param signal ends reading.
 * @throws any error of `chunks`, or the signal's reason.
 */
export async function readResults(
  chunks: AsyncIterable<Uint8Array>,
  onResult: (result: Recorded, start: number, end: number) => void,
  signal: AbortSignal,
): Promise<Reading> {
  let rest: Buffer = Buffer.alloc(0);
  /** Octets of a line without an end so far that is too long: they are not kept. */
  let dropped = 0;
  let position = 0;
  let lineNumber = 0;
  let results = 0;
  let skipped = 0;
  let firstSkipped: number | undefined;
  let firstForeign: number | undefined;

  const readLine = (line: string, length: number, isWhole: boolean) => {
    lineNumber++;
    const text = lineNumber === 1 ? line.replace(/^\ufeff/, '') : line;
    const result = length > maximumLineLength ? undefined : parseResult(text);
    if (result) {
      results++;
      onResult(result, position, position + length);
    } else if (text.trim() !== '') {
      const isCut = text.startsWith(beginning) || (!isWhole && beginning.startsWith(text));
      if (!isCut) firstForeign ??= lineNumber;
      if (isWhole || !isCut) {
        skipped++;
        firstSkipped ??= lineNumber;
      }
    }
    position += length;
  };

  for await (const chunk of chunks) {
    signal.throwIfAborted();
    const octets =
      rest.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
        : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = octets.indexOf(lineFeed); end >= 0; end = octets.indexOf(lineFeed, start)) {
      readLine(octets.toString('utf8', start, end), dropped + end + 1 - start, true);
      dropped = 0;
      start = end + 1;
    }
    rest = octets.subarray(start);
    if (rest.length > maximumLineLength) {
      dropped += rest.length - maximumLineLength;
      rest = rest.subarray(0, maximumLineLength);
    }
  }
  const lacksNewline = rest.length > 0;
  if (lacksNewline) readLine(rest.toString(), dropped + rest.length, false);
  const foreign = results === 0 ? firstForeign : undefined;
  return { length: position, lacksNewline, skipped, firstSkipped, foreign };
}
