import type { CreateFormat, PictureFormat } from './format.js';
import { drawPage } from './html/page.js';
import { createTable } from './table.js';

/** A page for a browser, with a row for each word and a column for each domain. */
export const html: CreateFormat<PictureFormat> = async () => {
  const table = createTable();
  return { ...table, finish: () => drawPage(table, new Date()) };
};
