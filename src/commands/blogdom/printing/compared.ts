import type { Reported } from '../../../formats/format.js';
import type { Compare } from '../../../history/compare.js';
import type { Printer } from './printer.js';

/** Wraps a printer so that it prints only results that differ from earlier ones. */
export function createComparedPrinter(printer: Printer, compare: Compare): Printer {
  return {
    ...printer,
    async print(results) {
      const changed: Reported[] = [];
      for (const result of results) {
        const compared = compare(result);
        if (compared) changed.push(compared);
        else printer.leaveOut(result);
      }
      await printer.print(changed);
    },
  };
}
