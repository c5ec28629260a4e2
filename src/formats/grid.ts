import { loadPaint } from './colors.js';
import type { CreateFormat, PictureFormat } from './format.js';
import { drawBlock, maximumWordWidth, widestWord } from './grid/block.js';
import { blocksOf } from './grid/heads.js';
import { drawChanges, drawLegend, drawReasons } from './grid/notes.js';
import { createPreview } from './grid/preview.js';
import { createTable } from './table.js';

/** A row for each word, a column for each domain, and a mark in each cell; below it the marks and the reasons. */
export const grid: CreateFormat<PictureFormat> = async ({ color }) => {
  const paint = await loadPaint(color);
  const table = createTable();
  return {
    ...table,
    preview: createPreview(table, paint),
    finish(columns) {
      const rows = table.answeredRows();
      if (rows.length === 0) return '';
      const width = widestWord(rows, columns === undefined ? undefined : maximumWordWidth(columns));
      const blocks = blocksOf(table.columns, columns === undefined ? undefined : columns - width);
      const parts = [
        ...blocks.map((heads) => drawBlock(heads, rows, { width, areCut: false }, paint)),
        drawLegend(rows, paint, columns),
        drawChanges(table.changes(), paint),
        drawReasons(table.reasons(), paint, columns),
      ];
      return parts
        .filter((lines) => lines.length > 0)
        .map((lines) => `${lines.join('\n')}\n`)
        .join('\n');
    },
  };
};
