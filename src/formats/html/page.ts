import { createHash } from 'node:crypto';
import { meanings, statuses } from '../../probe/result.js';
import { counted } from '../../util/quantity.js';
import type { Cell, Row, Table } from '../table.js';
import { drawChanges, drawReasons, mark } from './notes.js';
import script from './page.client.js' with { type: 'text' };
import style from './page.css' with { type: 'text' };
import { drawResults } from './results.js';

/**
 * Draws a page that needs nothing else: no network, no other file. It can be read without its script, which filters and
 * sorts the rows.
 *
 * @param links the addresses of the registries' answers; see `drawResults`.
 * @param time when the page was made.
 */
export function drawPage(table: Table, links: ReadonlyMap<string, string>, time: Date): string {
  const rows = table.answeredRows();
  const title = `${counted(rows.length, 'word')} under ${counted(table.columns.length, 'domain')}`;
  const styles = style + paperHeader(`${title} – blogdom, ${formatted(time)}`);
  // No other style or script runs, even if one were to get into a text (Content Security Policy Level 3, section 2.3.1).
  const policy = `default-src 'none'; style-src ${hashOf(styles)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} – blogdom</title>
<style>${styles}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>Looked up by blogdom on <time datetime="${time.toISOString()}">${formatted(time)}</time>.
No mark promises that you can have a name: it can still be reserved, or sold at a premium.</p>
${drawFilter(rows)}</header>
<main>
${drawResults(table, rows, links)}${drawChanges(table.changes())}${drawReasons(table.reasons())}</main>
<script>${script}</script>
</body>
</html>
`;
}

/** Draws the statuses with their meanings and counts; the script makes them a form that filters the rows. */
function drawFilter(rows: readonly Row[]): string {
  const counts = new Map<Cell | undefined, number>();
  for (const { cells } of rows) for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const items = [...statuses, 'pending' as const].flatMap((kind) => {
    const count = counts.get(kind);
    if (count === undefined) return [];
    const text = kind === 'pending' ? 'no answer yet' : kind;
    const meaning = kind === 'pending' ? 'the run was interrupted' : meanings[kind];
    const label = `<label><input type="checkbox" name="${kind}" checked hidden>${mark(kind)}<b>${count}</b> ${text}</label>`;
    return [`<li>${label}<small>${meaning}</small></li>\n`];
  });
  return `<form id="filter">
<ul>
${items.join('')}</ul>
<p hidden><label>Find <input type="search" name="find" placeholder="a word, or a name such as not.dev" autocomplete="off" spellcheck="false"></label>
<output></output>
<button type="button">Copy</button></p>
</form>
`;
}

/** Repeats a text and the number of the page at the top of each sheet of paper (CSS Paged Media, section 5). */
const paperHeader = (text: string): string =>
  `@page{@top-left{content:"${text}"}@top-right{content:counter(page) " / " counter(pages)}}`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const formatted = (time: Date): string =>
  `${time.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
