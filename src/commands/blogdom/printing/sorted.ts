import type { Reported } from '../../../formats/format.js';
import type { Printer } from './printer.js';

/** The order in which results are printed. */
export type Order =
  /** Live results after all others; each part by word and domain. */
  | 'flat'
  /** By word, the words of which all results are live last; the results of a word with the live ones last, by domain. */
  | 'grouped'
  /** By word and domain. */
  | 'plain';

/**
 * Wraps a printer so that it prints all results at the end, in order. Until then they are kept in memory.
 *
 * @param isWanted tells which results are kept.
 * @param separate prints what stands between two words, unless each has a single result; undefined for nothing.
 */
export function createSortedPrinter(
  printer: Printer,
  order: Order,
  isWanted: (result: Reported) => boolean,
  separate: (() => Promise<void>) | undefined,
): Printer {
  const kept: Reported[] = [];

  const printGroups = async (sorted: readonly Reported[]) => {
    let previous: readonly Reported[] = [];
    for (const group of groupByWord(sorted)) {
      if (previous.length > 1 || (previous.length > 0 && group.length > 1)) await separate?.();
      await printer.print(group);
      previous = group;
    }
  };

  return {
    // Otherwise a picture would have its rows in the order in which the names are asked for.
    expect() {},
    leaveOut() {},
    async print(results) {
      for (const result of results) if (isWanted(result)) kept.push(result);
    },
    async end() {
      const sorted = sortResults(kept, order);
      if (separate) await printGroups(sorted);
      else await printer.print(sorted);
      await printer.end();
    },
  };
}

/** Sorts results; those of one word are together in each part. */
export function sortResults(results: readonly Reported[], order: Order): readonly Reported[] {
  const rank = order === 'plain' ? () => 0 : order === 'flat' ? livenessOf : rankOfWords(results);
  return results.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      compare(a.word, b.word) ||
      (order === 'grouped' ? livenessOf(a) - livenessOf(b) : 0) ||
      compare(a.tld, b.tld),
  );
}

const livenessOf = ({ status }: Reported): number => (status === 'live' ? 1 : 0);

function rankOfWords(results: readonly Reported[]): (result: Reported) => number {
  const withOthers = new Set(results.filter(({ status }) => status !== 'live').map(({ word }) => word));
  return ({ word }) => (withOthers.has(word) ? 0 : 1);
}

/** Compares by code units, which for ASCII is the alphabetical order. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Splits sorted results where the word changes. */
export function groupByWord(sorted: readonly Reported[]): readonly Reported[][] {
  const groups: Reported[][] = [];
  for (const result of sorted) {
    const last = groups.at(-1);
    if (last?.[0]?.word === result.word) last.push(result);
    else groups.push([result]);
  }
  return groups;
}
