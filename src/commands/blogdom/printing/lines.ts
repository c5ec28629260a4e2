import type { LineFormat, Reported } from '../../../formats/format.js';
import type { Screen } from '../../shared/screen.js';
import type { Printer } from './printer.js';

/** Creates a printer that writes each result when it is known, and writes the header now. */
export async function printLines(
  { header, line, isForPeople }: LineFormat,
  isWanted: (result: Reported) => boolean,
  screen: Screen,
  shorten: (result: Reported) => Reported,
): Promise<Printer> {
  await screen.write(header);
  return {
    expect() {},
    leaveOut() {},
    async print(results) {
      let lines = '';
      for (const result of results)
        if (isWanted(result)) lines += line(isForPeople ? shorten(result) : result);
      await screen.write(lines);
    },
    async end() {},
  };
}
