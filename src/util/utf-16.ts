import { TextDecoder } from 'node:util';

/**
 * Texts that programs on Windows have written in UTF-16, such as the `>` of PowerShell. They are told by their byte order mark
 * (Unicode Standard, section 3.10).
 */

type Utf16 = 'utf-16le' | 'utf-16be';

/** Returns which UTF-16 a text is in; undefined for another encoding. */
function encodingOf([first, second]: Uint8Array): Utf16 | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Whether a text seems to be in UTF-16 without a byte order mark: the upper octet of an ASCII character is 0. */
const isUnmarked = ([first, second]: Uint8Array): boolean =>
  (first === 0) !== (second === 0) && second !== undefined;

const unmarked = (): Error =>
  Object.assign(new Error('Expected UTF-8, or UTF-16 with a byte order mark'), { code: 'ERR_UTF_16' });

/** Whether a text is in UTF-16, given its first octets. */
export const isUtf16 = (octets: Uint8Array): boolean => encodingOf(octets) !== undefined;

/**
 * Decodes a text in UTF-8 or, with a byte order mark, in UTF-16.
 *
 * @throws an error with the code `ERR_UTF_16` if it seems to be in UTF-16 without a byte order mark.
 */
export function decodeText(octets: Uint8Array): string {
  if (isUnmarked(octets)) throw unmarked();
  return new TextDecoder(encodingOf(octets)).decode(octets);
}

/**
 * Converts a text in UTF-16 with a byte order mark to UTF-8, and passes on any other text as it is, each chunk at once.
 *
 * @throws any error of `chunks`, or one with the code `ERR_UTF_16` as `decodeText` does.
 */
export async function* inUtf8(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let decoder: TextDecoder | undefined;
  let start: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of chunks) {
    if (start === undefined) {
      yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
      continue;
    }
    start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
    // A single octet does not tell; it is the first one of a line that is not whole.
    if (start.length < 2) continue;
    if (isUnmarked(start)) throw unmarked();
    const encoding = encodingOf(start);
    decoder = encoding && new TextDecoder(encoding);
    yield decoder ? Buffer.from(decoder.decode(start, { stream: true })) : start;
    start = undefined;
  }
  if (start && start.length > 0) yield start;
  if (decoder) yield Buffer.from(decoder.decode());
}
