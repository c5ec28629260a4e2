import { rootZone, rootZoneDay } from '../../src/names/top-level-domains/root-zone.js';
import { describeChanges, listed, onlyIn, type Source } from './source.js';

const head = `/** The day of this version of the root zone. */
export const rootZoneDay = 'DAY';

/**
 * All top-level domains: IANA, https://data.iana.org/TLD/tlds-alpha-by-domain.txt. In their ASCII form, in the order of that
 * list. \`npm run refresh\` writes this file.
 */
export const rootZone = \`
`;

/** The characters of a line at most. */
const width = 112;

/** Fewer top-level domains than this are not the whole list. */
const fewest = 1000;

/** IANA's list of top-level domains. */
export const rootZoneSource: Source = {
  name: 'top-level domains',
  url: 'https://data.iana.org/TLD/tlds-alpha-by-domain.txt',
  read(text) {
    const [first = '', ...lines] = text.trim().toLowerCase().split(/\r?\n/);
    const [, year, month, date] = /^# version (\d{4})(\d\d)(\d\d)\d\d\b/.exec(first) ?? [];
    if (year === undefined) return { problem: 'a first line with a version' };
    if (lines.length < fewest || !lines.every((line) => /^[a-z0-9-]+$/.test(line)))
      return { problem: `at least ${fewest} lines, each with a top-level domain` };
    const day = `${year}-${month}-${date}`;
    const known = rootZone.trim().split(/\s+/);
    const parts = [listed(onlyIn(lines, known), 'new'), listed(onlyIn(known, lines), 'gone')];
    const changes = describeChanges(rootZoneDay, day, parts);
    const content = `${head.replace('DAY', day)}${wrapped(lines)}\n\`;\n`;
    return { changes, file: { path: 'src/names/top-level-domains/root-zone.ts', text: content } };
  },
};

/** Fills lines with names. */
function wrapped(names: readonly string[]): string {
  const lines = [' '];
  for (const name of names) {
    const line = `${lines.at(-1)} ${name}`;
    if (line.length <= width) lines[lines.length - 1] = line;
    else lines.push(`  ${name}`);
  }
  return lines.join('\n');
}
