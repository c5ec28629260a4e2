import { Writable } from 'node:stream';
import xterm from '@xterm/headless';
import type { OutputStream } from '../../src/commands/shared/program.js';

/** A terminal in the memory of the test. */
export interface FakeTerminal {
  /** The stream that writes to it; it can be both streams of a command. */
  readonly stream: OutputStream;
  /** Returns the lines on the screen and above it, without empty lines at the end. */
  text(): Promise<string>;
  /** Makes it narrower or wider, and breaks its lines anew. */
  resize(columns: number): Promise<void>;
}

/** Creates a terminal. */
export function createFakeTerminal(columns = 80, rows = 24): FakeTerminal {
  const terminal = new xterm.Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true });
  const writable = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      terminal.write(chunk);
      done();
    },
  });
  const stream: OutputStream & { columns: number } = Object.assign(writable, { isTTY: true, columns, rows });
  /** Resolves when all that was written has been shown. */
  const shown = () => new Promise<void>((resolve) => terminal.write('', resolve));
  return {
    stream,
    async text() {
      await shown();
      const { active } = terminal.buffer;
      const lines = Array.from(
        { length: active.length },
        (_, row) => active.getLine(row)?.translateToString(true) ?? '',
      );
      return lines.join('\n').trimEnd();
    },
    async resize(newColumns) {
      await shown();
      terminal.resize(newColumns, rows);
      stream.columns = newColumns;
      stream.emit('resize');
    },
  };
}
