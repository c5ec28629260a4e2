import type { Writable } from 'node:stream';

/** Lines on their way to a stream. */
export interface Output {
  /**
   * Writes text at the end of the present turn of the event loop, together with all else that came in it.
   *
   * @returns a promise to wait for where the reader is slower than the writer.
   */
  write(text: string): Promise<void> | undefined;
  /** Writes what is left; resolves when the stream has taken it. */
  flush(): Promise<void>;
}

/** Gathers what is written within one turn into one write: at most one system call per batch of replies. */
export function openOutput(stream: Writable): Output {
  let gathered = '';
  let scheduled = false;

  const pass = () => {
    scheduled = false;
    const text = gathered;
    gathered = '';
    if (text !== '') stream.write(text);
  };

  return {
    write(text) {
      gathered += text;
      if (!scheduled) setImmediate(pass);
      scheduled = true;
      if (!stream.writableNeedDrain) return undefined;
      return new Promise((resolve) => {
        // A stream that was closed drains no more.
        for (const event of ['drain', 'close', 'error']) stream.once(event, () => resolve());
      });
    },
    flush() {
      const text = gathered;
      gathered = '';
      if (text === '' && stream.writableLength === 0) return Promise.resolve();
      return new Promise((resolve) => stream.write(text, () => resolve()));
    },
  };
}
