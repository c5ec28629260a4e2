import type { PictureFormat, Reported, Size } from '../../../formats/format.js';
import { openThrottle } from '../../../util/throttle.js';
import type { OutputStream } from '../../shared/program.js';
import type { Screen } from '../../shared/screen.js';
import type { Printer } from './printer.js';

/** Milliseconds between two drawings of a picture. */
const redrawInterval = 70;

/**
 * Creates a printer that draws a picture of all results: again and again on a terminal, and at the end.
 *
 * @param showsProgress whether it is drawn before the end.
 */
export function printPicture(
  format: PictureFormat,
  isWanted: (result: Reported) => boolean,
  screen: Screen,
  terminal: OutputStream,
  showsProgress: boolean,
): Printer {
  const isLive = showsProgress && terminal.isTTY === true && format.preview !== undefined;
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
    leaveOut: format.leaveOut,
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
      await screen.write(format.finish(terminal.isTTY ? sizeOf(terminal) : undefined));
    },
  };
}

/** A terminal that does not know its size says that it is 0. */
const sizeOf = ({ columns, rows }: OutputStream): Size => ({ columns: columns || 80, rows: rows || 24 });

/** Leaves a line for the command that the user typed, and one for the status line. */
function roomForPicture(terminal: OutputStream): Size {
  const { columns, rows } = sizeOf(terminal);
  return { columns, rows: rows - 2 };
}
