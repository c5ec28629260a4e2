import { statuses } from '../../probe/result.js';
import { describeChanges } from '../changes.js';
import type { Paint } from '../colors.js';
import type { Cell, ChangedPlace, Reason, Row } from '../table.js';
import { drawCell } from './block.js';
import { wrapped } from './display.js';

/** The most names that are listed under a reason. */
const maximumNames = 5;

/** Spaces before a line that belongs to the line above it. */
const indent = '  ';

const meanings: readonly (readonly [Cell, string])[] = [
  ...statuses.map((status) => [status, status] as const),
  ['pending', 'no answer yet'],
];

/**
 * Explains the marks in some rows.
 *
 * @param width the width of a line in characters; undefined means that it is not limited.
 */
export function drawLegend(rows: readonly Row[], paint: Paint, width: number | undefined): string[] {
  const used = new Set<Cell | undefined>();
  for (const { cells } of rows) for (const cell of cells) used.add(cell);
  const entries = meanings
    .filter(([cell]) => used.has(cell))
    .map(([cell, meaning]) => `${drawCell(cell, paint)} ${meaning}`);
  return wrapped(entries, '  ', width);
}

/** Lists the names that have changed, as `+ name  absent -> live`. */
export const drawChanges = (changed: readonly ChangedPlace[], paint: Paint): string[] =>
  changed.map((place) => {
    const { name, status } = place;
    return `${drawCell(status, paint)} ${paint(name, status)}  ${describeChanges(place).join(', ')}`;
  });

/**
 * Writes each reason, and under it some of the names that it was given for.
 *
 * @param width the width of a line in characters; undefined means that it is not limited.
 */
export function drawReasons(reasons: readonly Reason[], paint: Paint, width: number | undefined): string[] {
  const room = width === undefined ? undefined : width - indent.length;
  return reasons.flatMap(({ status, text, places }) => {
    const [first = '', ...others] = wrapped(text.split(' '), ' ', room);
    const names = wrapped(listed(places.map(({ name }) => name)), ' ', room);
    return [`${drawCell(status, paint)} ${first}`, ...[...others, ...names].map((line) => indent + line)];
  });
}

/** Divides a list of names into the parts between which a line may end; all but some names are only counted. */
function listed(names: readonly string[]): string[] {
  // A count of one would be as long as the name.
  const shown = names.length <= maximumNames + 1 ? names : names.slice(0, maximumNames);
  const more = names.length - shown.length;
  const parts = shown.map((name, index) => (index < shown.length - 1 ? `${name},` : name));
  return more === 0 ? parts : [...parts, `and ${more} more`];
}
