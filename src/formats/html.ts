import type { CreateFormat, PictureFormat } from './format.js';
import { drawPage } from './html/page.js';
import { createTable } from './table.js';

/** A page for a browser, with a row for each word and a column for each domain. */
export const html: CreateFormat<PictureFormat> = async ({ linkOf = () => undefined }) => {
  const table = createTable();
  const links = new Map<string, string>();
  return {
    ...table,
    add(result) {
      const link = linkOf(result);
      if (link !== undefined) links.set(`${result.word} ${result.tld}`, link);
      table.add(result);
    },
    finish: () => drawPage(table, links, new Date()),
  };
};
