import type { Writable } from 'node:stream';

/** Writes text to a stream no faster than its reader reads it. */
export interface Output {
  /** Writes text; resolves at once or, if the stream's buffer is full, when it has drained. */
  write(text: string): Promise<void>;
  /** Resolves when the stream has passed on everything that was written. */
  flush(): Promise<void>;
}

/** Creates an output that writes to a stream. Errors of the stream are left to its listeners. */
export function createOutput(stream: Writable): Output {
  return {
    async write(text) {
      if (text === '' || stream.write(text) || !stream.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        // A stream that is closed never drains.
        const events = ['drain', 'close', 'error'];
        const done = () => {
          for (const event of events) stream.off(event, done);
          resolve();
        };
        for (const event of events) stream.on(event, done);
      });
    },
    async flush() {
      if (stream.writableLength > 0) await new Promise<void>((resolve) => stream.write('', () => resolve()));
    },
  };
}
