import type { LineFormat, PictureFormat, Reported } from '../../formats/format.js';
import { formats } from '../../formats/index.js';
import type { Candidate } from '../../names/candidate.js';
import type { OutputStream } from '../shared/program.js';
import type { Screen } from '../shared/screen.js';
import type { OutputOptions } from './option-groups/output.js';

/** Prints results in the chosen format. */
export interface Printer {
  /** Shows that a candidate is about to be probed, if the format has a place for it. */
  expect(candidate: Candidate): void;
  /** Prints results that are now known; resolves when there is room for more. */
  print(results: Iterable<Reported>): Promise<void>;
  /** Prints what can be printed only when the last result is known. */
  end(): Promise<void>;
}

/** Creates the printer for these options. */
export async function createPrinter(
  options: OutputOptions,
  screen: Screen,
  terminal: Pick<OutputStream, 'isTTY' | 'columns' | 'rows'>,
): Promise<Printer> {
  const format = await formats[options.format](options);
  const isWanted = ({ status }: Reported) => options.only.has(status);
  return 'line' in format
    ? printLines(format, isWanted, screen)
    : printPicture(format, isWanted, screen, terminal);
}

async function printLines(
  { header, line }: LineFormat,
  isWanted: (result: Reported) => boolean,
  screen: Screen,
): Promise<Printer> {
  await screen.write(header);
  return {
    expect() {},
    async print(results) {
      let lines = '';
      for (const result of results) if (isWanted(result)) lines += line(result);
      await screen.write(lines);
    },
    async end() {},
  };
}

function printPicture(
  format: PictureFormat,
  isWanted: (result: Reported) => boolean,
  screen: Screen,
  { isTTY = false, columns = 80, rows = 24 }: Pick<OutputStream, 'isTTY' | 'columns' | 'rows'>,
): Printer {
  return {
    expect: format.expect,
    async print(results) {
      for (const result of results) if (isWanted(result)) format.add(result);
      if (isTTY && format.preview) screen.showPicture(format.preview({ columns, rows: rows - 2 }));
    },
    async end() {
      screen.showPicture('');
      await screen.write(format.finish(isTTY ? columns : undefined));
    },
  };
}
