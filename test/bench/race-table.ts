import { median } from './measure.js';
import type { Entry, Run } from './race.js';
import { printTable, rounded } from './table.js';

const columns = [
  'contender',
  'names',
  'seconds',
  'names/s',
  'CPU µs a name',
  'peak MB',
  'queries a name',
  'dropped',
  'server busy',
  'no answer',
  'wrong',
];

/** Prints the medians of a race, compared with massdns if it took part. */
export function printRace(title: string, entries: readonly Entry[], notes: readonly string[] = []): void {
  const rows = entries.map((entry) => ({ entry, ...medians(entry) }));
  const massdns = rows.find(({ entry }) => entry.contender.title.startsWith('massdns'));
  const compared = massdns ? ['names/s / massdns', 'CPU / massdns'] : [];
  const cells = rows.map(({ entry, seconds, speed, processor, ...row }) => [
    entry.contender.title,
    ...[entry.count, seconds, speed, processor, row.megabytes, row.queries, row.dropped, row.busy].map(
      rounded,
    ),
    `${row.unanswered}`,
    `${row.wrong ?? '-'}`,
    ...(massdns ? [rounded(speed / massdns.speed), rounded(processor / massdns.processor)] : []),
  ]);
  printTable(title, [...columns, ...compared], cells, [...notes, ...failuresOf(entries)]);
}

/** The medians of the costs, and the sums of the names without a true answer. */
function medians({ runs }: Entry) {
  const medianOf = (value: (run: Run) => number) => median(runs.map(value));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const wrong = runs.flatMap((run) => run.wrong ?? []);
  return {
    seconds: medianOf(({ seconds }) => seconds),
    // Only true answers count; otherwise a program that gives up early would be the fastest.
    speed: medianOf(({ count, unanswered, wrong = 0, seconds }) => (count - unanswered - wrong) / seconds),
    processor: medianOf(({ processorSeconds, count }) => (processorSeconds / count) * 1e6),
    megabytes: medianOf(({ megabytes }) => megabytes),
    queries: medianOf(({ queries, count }) => queries / count),
    dropped: medianOf(({ dropped }) => dropped),
    busy: medianOf(({ serverBusy }) => serverBusy),
    unanswered: sum(runs.map(({ unanswered }) => unanswered)),
    wrong: wrong.length === 0 ? undefined : sum(wrong),
  };
}

/** Describes the failures of a race, each one once. */
export function failuresOf(entries: readonly Entry[]): string[] {
  const lines = entries.flatMap(({ contender, runs }) =>
    runs
      .filter(isFailure)
      .map(({ status, stderr }) => `${contender.title}: status ${status}. ${errorLine(stderr)}`),
  );
  return [...new Set(lines)];
}

/** Status 1 alone is not a failure: it says that some names have no answer, and those are counted. */
const isFailure = ({ status, wrong = 0 }: Run): boolean => (status !== 0 && status !== 1) || wrong > 0;

/** Returns the line that contains the word error, or the first line. */
const errorLine = (text: string): string =>
  (/^.*error.*$/im.exec(text)?.[0] ?? text.split('\n')[0] ?? '').slice(0, 200);
