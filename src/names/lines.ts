/** Longer than any name. A longer line is cut here, so that an endless line does not fill the memory. */
const maximumLineLength = 4096;

/** Appended to a line that was cut. No name contains it, so the line cannot be mistaken for one. */
const cutMark = '\u2026';

/**
 * Splits a stream of text into lines, chunk by chunk, so that each line is available as soon as it has arrived.
 *
 * @param chunks UTF-8; a byte order mark at the start is dropped.
 * @returns the lines that ended in each chunk, without their LF or CR LF. The last line need not end in one.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string[], void, undefined> {
  // Node 24 drops a second byte order mark, too, if it is cut in the middle.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isStart = true;
  let rest = '';
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true });
    if (isStart && text !== '') {
      isStart = false;
      text = text.replace(/^\ufeff/, '');
    }
    const lines = (rest + text).split('\n');
    // Two more than the maximum, so that a line that is too long stays too long when a final CR is removed.
    rest = (lines.pop() ?? '').slice(0, maximumLineLength + 2);
    if (lines.length > 0) yield lines.map(finish);
  }
  rest += decoder.decode();
  if (rest !== '') yield [finish(rest)];
}

function finish(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return text.length > maximumLineLength ? text.slice(0, maximumLineLength) + cutMark : text;
}
