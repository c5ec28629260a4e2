import { closeSync, constants, fstatSync, openSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { isatty, WriteStream } from 'node:tty';

/**
 * Writes to what is not a regular file: a device, a terminal or a named pipe.
 *
 * @param signal ends waiting for the reader of a pipe. After that, only as much is written as fits.
 * @throws the error of the system; one with the code `ENXIO` for a pipe that nobody reads from; or the signal's reason.
 */
export async function writeDevice(path: string, content: string, signal: AbortSignal): Promise<void> {
  // Without O_NONBLOCK, a named pipe that nobody reads from would block the whole process.
  const file = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  const stats = fstatSync(file);
  const stream = signal.aborted ? undefined : openStream(file, stats.isFIFO() || stats.isSocket());
  if (stream === undefined) {
    try {
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
    return;
  }
  const end = () => stream.destroy();
  signal.addEventListener('abort', end, { once: true });
  try {
    stream.end(content);
    await finished(stream, { readable: false });
    // A socket that is destroyed has ended without an error.
    if (!stream.writableFinished) signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    stream.destroy();
  }
}

/** Opens a stream that waits for the reader in the event loop; undefined if there is nobody to wait for. */
function openStream(fd: number, isPipe: boolean): Writable | undefined {
  if (isatty(fd)) return new WriteStream(fd);
  return isPipe ? new Socket({ fd, readable: false, writable: true }) : undefined;
}
