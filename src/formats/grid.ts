import { loadPaint } from './colors.js';
import type { CreateFormat, PictureFormat } from './format.js';
import { drawBlock, drawHeads, maximumWordWidth, widestWord } from './grid/block.js';
import { blocksOf } from './grid/heads.js';
import { drawChanges, drawLegend, drawReasons } from './grid/notes.js';
import { createPreview } from './grid/preview.js';
import { createTable } from './table.js';

/** The lines that follow on the terminal: the summary and the prompt. */
const linesAfter = 2;

/** The height of parts that have an empty line before each. */
const heightOf = (parts: readonly (readonly string[])[]): number =>
  parts.reduce((sum, lines) => sum + 1 + lines.length, 0);

/** A row for each word, a column for each domain, and a mark in each cell; below it the marks and the reasons. */
export const grid: CreateFormat<PictureFormat> = async ({ color }) => {
  const paint = await loadPaint(color);
  const table = createTable();
  return {
    ...table,
    preview: createPreview(table, paint),
    finish(terminal) {
      const columns = terminal?.columns;
      const rows = table.answeredRows();
      if (rows.length === 0) return '';
      const width = widestWord(rows, columns === undefined ? undefined : maximumWordWidth(columns));
      const blocks = blocksOf(table.columns, columns === undefined ? undefined : columns - width);
      const notes = [
        drawLegend(rows, paint, columns),
        drawChanges(table.changes(), paint),
        drawReasons(table.reasons(), paint, columns),
      ].filter((lines) => lines.length > 0);
      const drawn = blocks.map((heads, index) => {
        const lines = drawBlock(heads, rows, { width, areCut: false }, paint);
        const below = index < blocks.length - 1 ? 0 : heightOf(notes) + linesAfter;
        const haveScrolledAway = terminal !== undefined && lines.length + below > terminal.rows;
        return haveScrolledAway ? [...lines, ...drawHeads(heads, width)] : lines;
      });
      return [...drawn, ...notes].map((lines) => `${lines.join('\n')}\n`).join('\n');
    },
  };
};
