import type { Cell, Column, Place, Row, Table } from '../table.js';
import { escaped } from './escape.js';

/**
 * Draws the table of results: a row for each word, a column for each domain, and the number of names that are perhaps free.
 * A cell has its status as text, for screen readers; the style sheet shows the mark in its place.
 *
 * @param links the addresses that cells lead to, by the word, a space and the domain, in their ASCII forms.
 */
export function drawResults(table: Table, rows: readonly Row[], links: ReadonlyMap<string, string>): string {
  const notes = notesOf(table);
  const drawCell = (cell: Cell | undefined, place: string, link: string | undefined): string => {
    if (cell === undefined || cell === 'hidden') return '<td></td>';
    if (cell === 'pending') return '<td class="pending">no answer yet</td>';
    const status = link === undefined ? cell : `<a href="${escaped(link)}">${cell}</a>`;
    return `<td class="${cell}"${notes.attributes.get(place) ?? ''}>${status}${notes.texts.get(place) ?? ''}</td>`;
  };
  const drawRow = ({ index, label, key, cells }: Row): string => {
    const drawn = table.columns.map((column) =>
      drawCell(cells[column.index], keyOf(index, column.index), links.get(`${key} ${column.key}`)),
    );
    const free = cells.filter((cell) => cell === 'absent' || cell === 'unregistered').length;
    return `<tr><th scope="row">${escaped(label)}</th>${drawn.join('')}<td class="count">${free}</td></tr>\n`;
  };
  return `<table id="results">
<caption>The words, and what is known of each under each domain</caption>
<thead>
<tr><th scope="col">Word</th>${table.columns.map(drawHead).join('')}<th scope="col">Perhaps free</th></tr>
</thead>
<tbody>
${rows.map(drawRow).join('')}</tbody>
</table>
`;
}

const drawHead = ({ label }: Column): string => `<th scope="col">.${escaped(label)}</th>`;

/** The attributes and the texts of cells about which there is more to say than the status, by their places. */
function notesOf(table: Table) {
  const attributes = new Map<string, string>();
  for (const [number, { places }] of table.reasons().entries())
    for (const place of places) attributes.set(keyOfPlace(place), ` data-reason="${number}"`);
  const texts = new Map<string, string>();
  for (const change of table.changes())
    if (change.was !== undefined) texts.set(keyOfPlace(change), ` <i>was ${change.was}</i>`);
  return { attributes, texts };
}

const keyOf = (row: number, column: number): string => `${row} ${column}`;

const keyOfPlace = ({ row, column }: Place): string => keyOf(row.index, column.index);
