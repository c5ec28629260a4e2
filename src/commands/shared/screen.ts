import { createOutput } from './output.js';
import type { Streams } from './program.js';

/**
 * The output of a command. On a terminal, results and messages scroll above a picture on standard output and a status line
 * on standard error, which are replaced again and again.
 */
export interface Screen {
  /** Writes text to standard output; resolves when the reader has room for more. */
  write(text: string): Promise<void>;
  /** Writes a message to standard error. */
  report(text: string): void;
  /** Replaces the picture, which has lines that end in LF; an empty text removes it. Needs a terminal as standard output. */
  showPicture(text: string): void;
  /** Replaces the status line; an empty text removes it. Needs a terminal as standard error. */
  showStatus(line: string): void;
  /** Resolves when standard output has passed on everything that was written. */
  flush(): Promise<void>;
}

/** EL: erases a line (ECMA-48 section 8.3.41). Where Ctrl-C was typed, the terminal has printed `^C`. */
export const eraseLine = '\r\x1b[K';

/** ED: erases from the cursor to the end of the screen (ECMA-48 section 8.3.39). */
const eraseBelow = '\x1b[J';

/** CUU: moves the cursor up (ECMA-48 section 8.3.22). */
const moveUp = (lines: number): string => `\x1b[${lines}A`;

/**
 * DECAWM: cuts lines off at the edge of the terminal instead of breaking them (VT510 Reference Manual). For a moment after
 * it has become narrower, its size is not known.
 */
const unbroken = (text: string): string => `\x1b[?7l${text}\x1b[?7h`;

/**
 * Erases this line and all below it. Between two writes, the cursor is in the first line of the picture or, without one, in
 * the status line. It stays there even if the terminal is resized and the lines are broken anew, so this erases both. Some
 * terminals take what is erased from the top of the screen for text that has scrolled away, and keep it.
 */
const eraseLines = `${eraseLine}\n${eraseBelow}${moveUp(1)}`;

/** Creates the screen of a command. */
export function createScreen({ stdout, stderr }: Omit<Streams, 'stdin'>): Screen {
  const output = createOutput(stdout);
  let picture = '';
  let status = '';

  /** Whether the lines may have been broken anew since they were shown. */
  let isResized = false;
  for (const stream of [stdout, stderr]) {
    if (stream.isTTY)
      stream.on('resize', () => {
        isResized = true;
      });
  }

  const hide = () => {
    if (picture) stdout.write(eraseLines);
    if (status) stderr.write(isResized ? eraseLines : eraseLine);
    isResized = false;
  };
  // Writes to a terminal are synchronous, so those to both streams arrive in this order. If all of the old picture were
  // erased first, it would flicker.
  const show = () => {
    if (picture) stdout.write(unbroken(picture.replace(/^/gm, eraseLine) + eraseBelow));
    if (status) stderr.write(unbroken(`${eraseLine}${status}\r`));
    if (picture) stdout.write(moveUp(picture.split('\n').length - 1));
  };

  return {
    async write(text) {
      if (text === '') return;
      const isAbove = stdout.isTTY === true;
      if (isAbove) hide();
      const written = output.write(text);
      if (isAbove) show();
      await written;
    },
    report(text) {
      hide();
      stderr.write(text);
      show();
    },
    showPicture(text) {
      if (text === '' || isResized) hide();
      picture = text;
      show();
    },
    showStatus(line) {
      if (line === status) return;
      if (line === '' || isResized) hide();
      status = line;
      show();
    },
    flush: output.flush,
  };
}
