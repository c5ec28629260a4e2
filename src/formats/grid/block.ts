import stringWidth from 'string-width';
import { marks } from '../../probe/result.js';
import type { Paint } from '../colors.js';
import type { Cell, Row } from '../table.js';
import { cut, padded } from './display.js';
import { type Head, type Heads, heightOf } from './heads.js';

/** The mark of each kind of cell. In text an absent name has a space, which in a grid would look like no answer. */
const cellMarks = {
  ...marks,
  absent: '-',
  pending: '·',
  hidden: ' ',
} as const satisfies Record<Cell, string>;

/** Returns the mark of a cell, coloured if it has a status; a space if the word was not asked for in this column. */
export function drawCell(cell: Cell | undefined, paint: Paint): string {
  if (cell === undefined) return ' ';
  return cell === 'pending' || cell === 'hidden' ? cellMarks[cell] : paint(cellMarks[cell], cell);
}

/** The column of words on the left of a block. */
export interface WordColumn {
  /** In characters. */
  readonly width: number;
  /** Whether a wider word is cut; if it is not, it has a line of its own above its marks. */
  readonly areCut: boolean;
}

/** The column of words may always be this wide, in characters. */
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

/** Draws rows under the heads of some columns. */
export function drawBlock(heads: Heads, rows: readonly Row[], words: WordColumn, paint: Paint): string[] {
  const height = heightOf(heads);
  const headLines = Array.from({ length: height }, (_, line) =>
    drawHeadLine(heads, words.width, ({ lines }) => lines[line - height + lines.length]),
  );
  const rowLines = rows.flatMap(({ label, cells }) => {
    const drawRow = (word: string) =>
      drawLine(
        heads,
        padded(word, words.width),
        ({ index, width }) => drawCell(cells[index], paint) + ' '.repeat(width - 1),
      );
    if (words.areCut) return [drawRow(cut(label, words.width))];
    return stringWidth(label) > words.width ? [label, drawRow('')] : [drawRow(label)];
  });
  return [...headLines, ...rowLines];
}

/** Draws the heads of some columns again, below them. */
export const drawHeads = (heads: Heads, wordWidth: number): string[] =>
  Array.from({ length: heightOf(heads) }, (_, line) =>
    drawHeadLine(heads, wordWidth, ({ lines }) => lines[line]),
  );

const drawHeadLine = (heads: Heads, wordWidth: number, textOf: (head: Head) => string | undefined): string =>
  drawLine(heads, ' '.repeat(wordWidth), (head) => padded(textOf(head) ?? '', head.width));

function drawLine({ heads, gap }: Heads, word: string, textOf: (head: Head) => string): string {
  const texts = heads.map((head) => ' '.repeat(gap) + textOf(head));
  return (word + texts.join('')).trimEnd();
}
