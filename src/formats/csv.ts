import type { ProbeResult } from '../probe/result.js';
import type { CreateFormat, LineFormat } from './format.js';

/** The columns, in order. A missing value is an empty field. */
const columns = {
  name: (result) => result.name,
  word: (result) => result.word,
  tld: (result) => result.tld,
  status: (result) => result.status,
  reason: (result) => result.reason ?? '',
  addresses: (result) => result.addresses.join(' '),
  rcode: (result) => result.rcode ?? '',
  server: (result) => result.server ?? '',
  tries: (result) => String(result.tries),
  ms: (result) => String(result.ms),
} satisfies Partial<Record<keyof ProbeResult, (result: ProbeResult) => string>>;

const cells = Object.values(columns);

/** Comma-separated values with a header (RFC 4180), except that lines end in LF. */
export const csv: CreateFormat<LineFormat> = async () => ({
  header: `${Object.keys(columns).join(',')}\n`,
  line: (result) => `${cells.map((cell) => escaped(cell(result))).join(',')}\n`,
});

/** Quotes a value that would otherwise end the field or the record (RFC 4180 section 2, rules 5 to 7). */
function escaped(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
