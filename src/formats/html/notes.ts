import type { Change, Reason } from '../table.js';
import { escaped } from './escape.js';

/** The most names that are shown after a reason before the reader asks for more. */
const maximumNames = 20;

/** Lists the names whose status has changed. */
export function drawChanges(changes: readonly Change[]): string {
  if (changes.length === 0) return '';
  const items = changes.map(
    ({ name, was, status }) =>
      `<li>${mark(status)}${isolated(name)}: <span>${was} → <strong>${status}</strong></span></li>\n`,
  );
  return `<section>
<h2>Changes</h2>
<ul class="changes">
${items.join('')}</ul>
</section>
`;
}

/** Writes each reason, and after it the names that it was given for. */
export function drawReasons(reasons: readonly Reason[]): string {
  if (reasons.length === 0) return '';
  const items = reasons.map(({ status, text, places }) => {
    const names = places.map(({ name }) => isolated(name));
    const first = names.slice(0, maximumNames).join(', ');
    const more = names.length - maximumNames;
    const rest =
      more > 0
        ? ` <details><summary>and ${more} more</summary>${names.slice(maximumNames).join(', ')}</details>`
        : '';
    return `<dt>${mark(status)}<span class="reason">${escaped(text)}</span></dt>\n<dd>${first}${rest}</dd>\n`;
  });
  return `<section>
<h2>Reasons</h2>
<dl>
${items.join('')}</dl>
</section>
`;
}

/** The mark of a status, which is not read aloud. */
export const mark = (kind: string): string => `<span class="mark ${kind}" aria-hidden="true"></span> `;

/** Keeps a name that is written from right to left from reordering the text around it. */
const isolated = (name: string): string =>
  /^[ -~]*$/.test(name) ? escaped(name) : `<bdi>${escaped(name)}</bdi>`;
