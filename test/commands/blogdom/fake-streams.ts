import { Writable } from 'node:stream';
import type { Streams } from '../../../src/commands/shared/program.js';

/** Streams without a terminal, and what has been written to standard error. */
export function fakeStreams(): { readonly streams: Streams; readonly stderr: () => string } {
  let text = '';
  const write = (onChunk: (chunk: Buffer) => void) =>
    new Writable({
      write(chunk, _encoding, done) {
        onChunk(chunk);
        done();
      },
    });
  const stdin = (async function* () {})();
  const stderr = write((chunk) => {
    text += chunk;
  });
  return { streams: { stdin, stdout: write(() => {}), stderr }, stderr: () => text };
}
