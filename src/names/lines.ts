/** Longer than any name can be typed; what is longer is cut here, so that an endless line needs no memory. */
const maximumLineLength = 4096;

/** What stands in place of what was cut: no name has it, so that no cut line passes for one. */
const cutMark = '\u2026';

/**
 * Cuts a stream of text into lines, chunk by chunk, so that each line is there as soon as it has come.
 *
 * @param chunks UTF-8; a byte order mark at the start is dropped.
 * @returns the lines that ended in each chunk, without their LF or CR LF; at the end, what came without one.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    // One character more than fits, by which the line is known to be too long when its end comes.
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
