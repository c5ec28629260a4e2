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

/** Creates the printer of a run. */
export const createCodePrinter = (screen: Screen, streams: Omit<Streams, 'stdin'>): CodePrinter =>
  streams.stdout.isTTY ? printToTerminal(screen, streams.stdout) : printToStream(screen, streams);

const describeMessage = (message: string): string => `blogdom-flags: ${printable(message)}\n`;

/** On a terminal, the line stays below the messages until it is complete. */
function printToTerminal(screen: Screen, terminal: OutputStream): CodePrinter {
  const codes: string[] = [];
  const draw = () => {
    const perLine = Math.max(Math.floor((terminal.columns ?? 80) / 3), 1);
    const lines = [];
    for (let first = 0; first < codes.length; first += perLine)
      lines.push(`${codes.slice(first, first + perLine).join(' ')}\n`);
    screen.showPicture(lines.join(''));
  };
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
      if (codes.length > 0) await screen.write(`${codes.splice(0).join(' ')} \n`);
    },
  };
}

/** Milliseconds within which the reader of a pipe, such as `tee`, has probably printed what it was sent. */
const readerTime = 20;

function printToStream(
  screen: Screen,
  { stdout, stderr, sharesTerminal = () => false }: Omit<Streams, 'stdin'>,
): CodePrinter {
  let isMidLine = false;
  /** Whether codes, and no message after them, may be the last thing that the reader of a pipe has printed. */
  let isAfterCode = false;
  let hasReader = true;
  stdout.once('error', () => {
    hasReader = false;
  });
  return {
    async printCode(code) {
      await screen.write(`${code} `);
      isMidLine = true;
      isAfterCode = true;
    },
    async report(message) {
      if (isAfterCode && hasReader && sharesTerminal()) {
        // In the pipe, the line goes on.
        await sleep(readerTime);
        stderr.write('\n');
      }
      isAfterCode = false;
      screen.report(describeMessage(message));
    },
    async endLine() {
      if (isMidLine) await screen.write('\n');
      isMidLine = false;
    },
  };
}
