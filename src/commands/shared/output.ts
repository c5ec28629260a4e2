import type { Writable } from 'node:stream';

/** Text on its way to a stream. */
export interface Output {
  /** Writes text; resolves at once, or, where the reader is slower than the writer, when it has caught up. */
  write(text: string): Promise<void>;
  /** Resolves when the stream has taken all that was written. */
  flush(): Promise<void>;
}

export function openOutput(stream: Writable): Output {
  return {
    async write(text) {
      if (text === '' || stream.write(text) || !stream.writableNeedDrain) return;
      await new Promise<void>((resolve) => {
        // A stream that was closed drains no more.
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
