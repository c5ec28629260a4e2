import { printable } from '../util/printable.js';
import { describeRegistrationChanges } from './changes.js';
import type { CreateFormat, FormatOptions, LineFormat, Reported } from './format.js';

/** Makes the text of a field; a missing value is an empty one. */
type Cell = (result: Reported) => string;

/** The columns, in order. */
const columnsFor = ({ compared, registrationsCompared, timed }: FormatOptions) =>
  ({
    name: (result) => result.name,
    word: (result) => result.word,
    tld: (result) => result.tld,
    status: (result) => result.status,
    ...(compared && { was: (result) => result.was ?? '' }),
    ...(registrationsCompared && { changes: (result) => describeRegistrationChanges(result).join('; ') }),
    ...(timed && { at: (result) => result.at?.toISOString() ?? '' }),
    reason: (result) => result.reason ?? '',
    addresses: (result) => result.addresses.join(' '),
    rcode: (result) => result.rcode ?? '',
    server: (result) => result.server ?? '',
    tries: (result) => String(result.tries),
    ms: (result) => String(result.ms),
  }) satisfies Partial<Record<keyof Reported, Cell>>;

/** Comma-separated values with a header (RFC 4180), except that lines end in LF. */
export const csv: CreateFormat<LineFormat> = async (options) => {
  const columns = columnsFor(options);
  const cells: readonly Cell[] = Object.values(columns);
  return {
    header: `${Object.keys(columns).join(',')}\n`,
    line: (result) => `${cells.map((cell) => escaped(harmless(cell(result)))).join(',')}\n`,
  };
};

/** Spreadsheets take a cell that begins with one of these for a formula. */
const formulaStart = /^[=+\-@\t\r]/;

/** Makes a text safe for a terminal, and for a spreadsheet, which takes a cell that begins with `'` for text. */
function harmless(value: string): string {
  const text = printable(value);
  return formulaStart.test(text) ? `'${text}` : text;
}

/** Quotes a value that would otherwise end the field or the record (RFC 4180 section 2, rules 5 to 7). */
function escaped(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
