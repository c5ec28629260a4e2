import { setTimeout as sleep } from 'node:timers/promises';
import { printable } from '../../util/printable.js';
import type { Output } from '../shared/output.js';
import type { Streams } from '../shared/program.js';

/** What a run prints: a line of country codes to standard output, and messages to standard error. */
export interface Progress {
  /** Adds a code to the line. */
  printCode(code: string): Promise<void>;
  /** Prints a message. On a terminal, it starts a line of its own. */
  report(message: string): Promise<void>;
  /** Ends the line of codes if it has any. */
  endLine(): Promise<void>;
}

/** Milliseconds within which the reader of a pipe, such as `tee`, has probably printed what it was sent. */
const readerTime = 20;

/**
 * Creates the progress of a run.
 *
 * @param output the output to standard output.
 * @param isTerminal whether standard output is a terminal.
 */
export function createProgress(
  output: Output,
  { stdout, stderr, sharedTerminal = false }: Omit<Streams, 'stdin'>,
  isTerminal: boolean,
): Progress {
  /** Whether the line of standard output has codes. */
  let isMidLine = false;
  /** Whether codes, and no message after them, may be the last thing that the reader of a pipe has printed. */
  let isAfterCode = false;
  let hasReader = true;
  stdout.once('error', () => {
    hasReader = false;
  });

  const endLine = async () => {
    if (isMidLine) await output.write('\n');
    isMidLine = false;
  };

  return {
    async printCode(code) {
      await output.write(`${code} `);
      isMidLine = true;
      isAfterCode = true;
    },
    async report(message) {
      if (isTerminal) await endLine();
      else if (sharedTerminal && isAfterCode && hasReader) {
        // In the pipe, the line goes on.
        await sleep(readerTime);
        stderr.write('\n');
      }
      isAfterCode = false;
      stderr.write(`blogdom-flags: ${printable(message)}\n`);
    },
    endLine,
  };
}
