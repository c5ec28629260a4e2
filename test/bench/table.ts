/** Prints a table in Markdown; the first column is aligned to the left, the others to the right. */
export function printTable(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  notes: readonly string[] = [],
): void {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;
  const rule = widths.map(
    (width, index) => '-'.repeat(width - (index === 0 ? 0 : 1)) + (index === 0 ? '' : ':'),
  );
  console.log(`\n### ${title}\n\n${[columns, rule, ...rows].map(line).join('\n')}`);
  for (const note of notes) console.log(`\n${note}`);
}

/** Formats a number with three significant digits, but at most two decimals and all digits before the point. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const decimals = Number.isInteger(value) || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
