/** Longer than any name. A longer line is cut here, so that an endless line does not fill the memory. */
const maximumLineLength = 4096;

/** Appended to a line that was cut. No name contains it, so the line cannot be mistaken for one. */
const cutMark = '\u2026';

/**
 * Splits a stream of text into lines, chunk by chunk, so that each line is available as soon as it has arrived.
 *
 * @param chunks UTF-8; a byte order mark at the start is dropped.
 * @returns the lines that ended in each chunk, without their LF, CR LF or CR. The last line need not end in one.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string[], void, undefined> {
  // Node 24 drops a second byte order mark, too, if it is cut in the middle.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isStart = true;
  let rest = '';
  /** Whether the last chunk ended in a CR, which ended its line: a LF that follows belongs to it. */
  let endedInCr = false;
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true });
    if (isStart && text !== '') {
      isStart = false;
      text = text.replace(/^\ufeff/, '');
    }
    if (text === '') continue;
    if (endedInCr && text.startsWith('\n')) text = text.slice(1);
    endedInCr = text.endsWith('\r');
    const lines = (rest + text).split(text.includes('\r') ? /\r\n|\n|\r/ : '\n');
    rest = (lines.pop() ?? '').slice(0, maximumLineLength + 1);
    if (lines.length > 0) yield lines.map(shortened);
  }
  rest += decoder.decode();
  if (rest !== '') yield [shortened(rest)];
}

const shortened = (line: string): string =>
  line.length > maximumLineLength ? line.slice(0, maximumLineLength) + cutMark : line;
