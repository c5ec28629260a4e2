import { setTimeout as sleep } from 'node:timers/promises';
import { printable } from '../../util/printable.js';
import type { OutputStream, Streams } from '../shared/program.js';
import type { Screen } from '../shared/screen.js';

/** Prints a line of country codes to standard output, and messages to standard error. */
export interface CodePrinter {
  /** Adds a code to the line. */
  printCode(code: string): Promise<void>;
  /** Prints a message. On a terminal, it does not break the line of codes. */
  report(message: string): Promise<void>;
  /** Ends the line of codes if it has any. */
  endLine(): Promise<void>;
}

/**
 * Creates the printer of a run.
 *
 * @param isPlain whether nothing on a terminal is to be replaced.
 */
export const createCodePrinter = (
  screen: Screen,
  streams: Omit<Streams, 'stdin'>,
  isPlain: boolean,
): CodePrinter =>
  streams.stdout.isTTY && !isPlain ? printToTerminal(screen, streams.stdout) : printToStream(screen, streams);

/** The codes that fit into a line: each has two letters, and all but the last one a space. */
const perLine = ({ columns = 80 }: OutputStream): number => Math.max(Math.floor((columns + 1) / 3), 1);

const describeMessage = (message: string): string => `blogdom-flags: ${printable(message)}\n`;

/** On a terminal, the line stays below the messages until it is complete. */
function printToTerminal(screen: Screen, terminal: OutputStream): CodePrinter {
  const codes: string[] = [];
  const lines = (): string => {
    const length = perLine(terminal);
    let text = '';
    for (let first = 0; first < codes.length; first += length)
      text += `${codes.slice(first, first + length).join(' ')}\n`;
    return text;
  };
  const draw = () => screen.showPicture(lines());
  terminal.on('resize', draw);
  return {
    async printCode(code) {
      codes.push(code);
      draw();
    },
    async report(message) {
      screen.report(describeMessage(message));
    },
    async endLine() {
      terminal.off('resize', draw);
      screen.showPicture('');
      await screen.write(lines());
      codes.length = 0;
    },
  };
}

/** Milliseconds within which the reader of a pipe, such as `tee`, has probably printed what it was sent. */
const readerTime = 20;

function printToStream(
  screen: Screen,
  { stdout, stderr, sharesTerminal = () => false }: Omit<Streams, 'stdin'>,
): CodePrinter {
  /** The number of codes in the line. */
  let codes = 0;
  /** Whether codes, and no message after them, may be the last thing that the reader of a pipe has printed. */
  let isAfterCode = false;
  let hasReader = true;
  stdout.once('error', () => {
    hasReader = false;
  });
  const endLine = async () => {
    if (codes > 0) await screen.write('\n');
    codes = 0;
  };
  return {
    async printCode(code) {
      const isFull = stdout.isTTY && codes === perLine(stdout) - 1;
      await screen.write(`${code}${isFull ? '\n' : ' '}`);
      codes = isFull ? 0 : codes + 1;
      isAfterCode = true;
    },
    async report(message) {
      if (isAfterCode && hasReader && sharesTerminal()) {
        // In the pipe, the line goes on.
        await sleep(readerTime);
        stderr.write('\n');
      }
      isAfterCode = false;
      if (stdout.isTTY) await endLine();
      screen.report(describeMessage(message));
    },
    endLine,
  };
}
