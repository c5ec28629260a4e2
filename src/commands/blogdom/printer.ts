import type { LineFormat, PictureFormat, Reported, Size } from '../../formats/format.js';
import { formats } from '../../formats/index.js';
import type { Candidate } from '../../names/candidate.js';
import { openThrottle } from '../../util/throttle.js';
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

/** Milliseconds between two drawings of a picture. */
const redrawInterval = 70;

/** Creates the printer for these options. */
export async function createPrinter(
  options: OutputOptions,
  screen: Screen,
  terminal: OutputStream,
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
  terminal: OutputStream,
): Printer {
  const isLive = terminal.isTTY === true && format.preview !== undefined;
  const draw = () => screen.showPicture(format.preview?.(roomForPicture(terminal)) ?? '');
  const redraw = openThrottle(draw, redrawInterval);
  if (isLive) terminal.on('resize', redraw.request);
  const { expect } = format;
  return {
    expect: isLive
      ? (candidate) => {
          expect(candidate);
          redraw.request();
        }
      : expect,
    async print(results) {
      for (const result of results) {
        if (isWanted(result)) format.add(result);
        else format.leaveOut(result);
      }
      if (isLive) redraw.request();
    },
    async end() {
      terminal.off('resize', redraw.request);
      redraw.cancel();
      if (isLive) screen.showPicture('');
      await screen.write(format.finish(terminal.isTTY ? terminal.columns : undefined));
    },
  };
}

/** Leaves a line for the command that the user typed, and one for the status line. */
const roomForPicture = ({ columns = 80, rows = 24 }: OutputStream): Size => ({ columns, rows: rows - 2 });
