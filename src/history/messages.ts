import { quoted } from '../util/printable.js';
import { grouped } from '../util/quantity.js';
import type { Reading } from './read-results.js';

/** Says that a file is not one of results. */
export const notResults = (path: string, reason: string): string =>
  `expected a file of results (blogdom --format json), got ${quoted(path)}: ${reason}`;

/** Says that a line of a file is not a result. */
export const badLine = (path: string, lineNumber: number): string =>
  notResults(path, `line ${lineNumber} is not a result`);

/** Says that some lines of a file are not results. */
export const skippedLines = (path: string, { skipped, firstSkipped }: Reading): string =>
  skipped === 1
    ? `line ${firstSkipped} of ${quoted(path)} is not a result, and is skipped`
    : `${grouped(skipped)} lines of ${quoted(path)} are not results, and are skipped; the first one is line ${firstSkipped}`;

/** Says that results cannot be written. */
export const cannotWrite = (path: string, reason: string): string =>
  `cannot write the results to ${quoted(path)}: ${reason}`;
