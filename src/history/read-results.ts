import type { Recorded } from '../formats/format.js';
import { parseResult } from './parse-result.js';

/** How a file of results ends. All positions are octets. */
export interface End {
  /** The position after the last result, and after its LF if it has one. */
  readonly position: number;
  /** Whether the last result lacks its LF. */
  readonly lacksNewline: boolean;
  /** The length of the file, which is more than `position` if its last line is cut. */
  readonly length: number;
}

/** Octets; a longer line is not a result. */
const maximumLineLength = 2 ** 20;

const lineFeed = 0x0a;

/** How every line begins that the format `json` writes. */
const beginning = '{"name":';

/**
 * Reads a file that the format `json` has written. A last line that is cut, because the run was killed or the disk was
 * full, is passed over. So are blank lines.
 *
 * @param chunks UTF-8, with or without a byte order mark.
 * @param onResult is called with each result, and with where its line begins and where the next one does.
 * @param signal ends reading.
 * @returns how the file ends, or the number of the first line that is not a result, from 1.
 * @throws any error of `chunks`, or the signal's reason.
 */
export async function readResults(
  chunks: AsyncIterable<Uint8Array>,
  onResult: (result: Recorded, start: number, end: number) => void,
  signal: AbortSignal,
): Promise<End | { readonly badLine: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  let lineNumber = 0;
  const isResult = (line: string, end: number): boolean => {
    lineNumber++;
    const text = lineNumber === 1 ? line.replace(/^\ufeff/, '') : line;
    const result = parseResult(text);
    if (result) onResult(result, position, end);
    return result !== undefined || text.trim() === '';
  };

  for await (const chunk of chunks) {
    signal.throwIfAborted();
    const octets =
      rest.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
        : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = octets.indexOf(lineFeed); end >= 0; end = octets.indexOf(lineFeed, start)) {
      const length = end + 1 - start;
      if (!isResult(octets.toString('utf8', start, end), position + length)) return { badLine: lineNumber };
      position += length;
      start = end + 1;
    }
    rest = octets.subarray(start);
    if (rest.length > maximumLineLength) return { badLine: lineNumber + 1 };
  }
  const length = position + rest.length;
  if (rest.length === 0) return { position, lacksNewline: false, length };
  const line = rest.toString();
  if (isResult(line, length)) return { position: length, lacksNewline: true, length };
  const isCut = line.startsWith(beginning) || beginning.startsWith(line);
  return isCut ? { position, lacksNewline: false, length } : { badLine: lineNumber };
}
