import { quoted } from '../util/printable.js';

/** Says that a file is not one of results. */
export const notResults = (path: string, reason: string): string =>
  `expected a file of results (blogdom --format json), got ${quoted(path)}: ${reason}`;

/** Says that a line of a file is not a result. */
export const badLine = (path: string, lineNumber: number): string =>
  notResults(path, `line ${lineNumber} is not a result`);
