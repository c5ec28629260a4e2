/** A line longer than any name is cut here, so that an endless one needs no memory. */
const maximumLineLength = 4096;

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
    rest = (lines.pop() ?? '').slice(0, maximumLineLength);
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest !== '') yield [withoutReturn(rest)];
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
