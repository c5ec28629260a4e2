import stringWidth from 'string-width';
import type { Row } from '../table.js';

/** The column of words may always be so wide, in characters. */
const narrow = 16;

/** Returns how wide the column of words may be in a terminal, so that there is room for other columns. */
export const maximumWordWidth = (columns: number): number => Math.max(narrow, Math.floor(columns / 2));

/** Returns the width of the widest word; words that are wider than `maximum` do not count. */
export function widestWord(rows: readonly Row[], maximum = Number.POSITIVE_INFINITY): number {
  let widest = 0;
  for (const { label } of rows) {
    const width = stringWidth(label);
    if (width > widest && width <= maximum) widest = width;
  }
  return widest;
}
