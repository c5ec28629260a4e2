import type { Reported } from '../../../formats/format.js';
import type { Printer } from './printer.js';
import { groupByWord, type Order, sortResults } from './sort.js';

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
