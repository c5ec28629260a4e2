import stringWidth from 'string-width';
import { counted } from '../../util/quantity.js';
import type { Paint } from '../colors.js';
import type { Size } from '../format.js';
import type { Table } from '../table.js';
import { drawBlock, maximumWordWidth } from './block.js';
import { cut } from './display.js';
import { blocksOf, type Heads, heightOf } from './heads.js';
import { drawLegend } from './notes.js';

/** The smallest terminal that has a picture, in characters. */
const minimum: Size = { columns: 20, rows: 5 };

/**
 * Creates a function that draws as much of a table as fits into a terminal: all of it, or else the rows around the first
 * one that has no answer yet. A big table takes no longer than a small one.
 */
export function createPreview(table: Table, paint: Paint): (size: Size) => string {
  const { rows } = table;
  let measured = 0;
  let widest = 0;

  const drawAll = (blocks: readonly Heads[], width: number, columns: number): string[] => [
    ...blocks.flatMap((heads) => [...drawBlock(heads, rows, { width, areCut: true }, paint), '']),
    ...drawLegend(rows, paint, columns),
  ];

  const drawPart = (heads: Heads, width: number, size: Size): string[] => {
    const room = size.rows - heightOf(heads) - 1;
    const window = (length: number) => {
      const middle = table.firstPending() - Math.floor(length / 2);
      const start = Math.max(0, Math.min(middle, rows.length - length));
      return rows.slice(start, start + length);
    };
    const legend = drawLegend(window(room), paint, size.columns);
    const shown = window(Math.max(1, room - legend.length));
    const hiddenRows = rows.length - shown.length;
    const hiddenColumns = table.columns.length - heads.heads.length;
    const more = [
      ...(hiddenRows > 0 ? [counted(hiddenRows, 'more row')] : []),
      ...(hiddenColumns > 0 ? [counted(hiddenColumns, 'more column')] : []),
    ];
    return [
      ...drawBlock(heads, shown, { width, areCut: true }, paint),
      cut(`… ${more.join(', ')}`, size.columns),
      ...legend,
    ];
  };

  return (size) => {
    if (rows.length === 0 || size.columns < minimum.columns || size.rows < minimum.rows) return '';
    for (; measured < rows.length; measured++) {
      widest = Math.max(widest, stringWidth(rows[measured]?.label ?? ''));
    }
    const width = Math.min(widest, maximumWordWidth(size.columns));
    const blocks = blocksOf(table.columns, size.columns - width, Math.floor(size.rows / 2));
    const [first] = blocks;
    const all = rows.length < size.rows ? drawAll(blocks, width, size.columns) : undefined;
    const lines = all && all.length <= size.rows ? all : first ? drawPart(first, width, size) : [];
    return `${lines.slice(0, size.rows).join('\n')}\n`;
  };
}
