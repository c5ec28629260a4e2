import type { Reported } from '../../../formats/format.js';
import type { Compare } from '../../../history/compare.js';
import { printable } from '../../../util/printable.js';
import { grouped } from '../../../util/quantity.js';
import type { Printer } from './printer.js';

/**
 * Wraps a printer so that it prints only results that differ from earlier ones. Names without an answer are no change:
 * they are reported in one line at the end, unless the round before had some as well.
 *
 * @param report tells the user a message.
 */
export function createComparedPrinter(
  printer: Printer,
  compare: Compare,
  report: (message: string) => void,
): Printer {
  let first: Reported | undefined;
  let unanswered = 0;
  let wasOutage = false;
  return {
    ...printer,
    async print(results) {
      const changed: Reported[] = [];
      for (const result of results) {
        const compared = compare(result);
        if (compared) changed.push(compared);
        else printer.leaveOut(result);
        if (compared || result.status !== 'unknown' || !result.lastKnown) continue;
        first ??= result;
        unanswered++;
      }
      await printer.print(changed);
    },
    async end() {
      await printer.end();
      if (first && !wasOutage) report(describeOutage(unanswered, first));
      wasOutage = first !== undefined;
      first = undefined;
      unanswered = 0;
    },
  };
}

function describeOutage(count: number, { name, reason = '' }: Reported): string {
  const names = count === 1 ? '1 name has' : `${grouped(count)} names have`;
  return `${names} no answer this time, which is no change; ${name}: ${printable(reason)}`;
}
