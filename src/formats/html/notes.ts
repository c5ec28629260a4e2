import { changesOf, type LabeledChange } from '../changes.js';
import type { ChangedPlace, Reason } from '../table.js';
import { escaped } from './escape.js';

/** The most names that are shown after a reason before the reader asks for more. */
const maximumNames = 20;

/** Lists the names that have changed. */
export function drawChanges(changed: readonly ChangedPlace[]): string {
  if (changed.length === 0) return '';
  const items = changed.map((place) => {
    const changes = changesOf(place).map(drawChange).join(', ');
    return `<li>${mark(place.status)}${isolated(place.name)}: ${changes}</li>\n`;
  });
  return `<section>
<h2>Changes</h2>
<ul class="changes">
${items.join('')}</ul>
</section>
`;
}

const drawChange = ({ label, was, is }: LabeledChange): string =>
  `<span>${escaped(label + was)} → <strong>${escaped(is)}</strong></span>`;

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
