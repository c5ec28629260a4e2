import stringWidth from 'string-width';

/** Fills a text up with spaces to a width. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(width - stringWidth(text), 0));

const segmenter = new Intl.Segmenter();

/** Returns the characters of a text as a reader sees them, accents included. */
export const charactersOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Cuts a text to a width; `…` replaces what is cut off. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const character of charactersOf(text)) {
    if (stringWidth(kept + character) >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Joins parts into lines of at most a width; a part that is wider has a line of its own.
 *
 * @param parts texts that are not divided.
 * @param separator what is between two parts on a line.
 * @param width the width of a line in characters; undefined means that all parts are put on one line.
 */
export function wrapped(parts: readonly string[], separator: string, width: number | undefined): string[] {
  if (width === undefined) return [parts.join(separator)];
  const lines: string[] = [];
  let line: string | undefined;
  for (const part of parts) {
    const longer: string = line === undefined ? part : line + separator + part;
    if (line === undefined || stringWidth(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = part;
    }
  }
  return line === undefined ? lines : [...lines, line];
}
