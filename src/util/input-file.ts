import { constants, createReadStream, fstatSync, openSync, type Stats } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';

/**
 * Opens a file, named pipe or terminal for reading.
 *
 * @returns its content, chunk by chunk; reading fails with the error of the system.
 * @throws the error of the system; one with the code `EISDIR` for a folder.
 */
export function openInputFile(path: string): Readable {
  // Without O_NONBLOCK, a named pipe that nobody writes to would block the whole process.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const stat = fstatSync(descriptor);
  if (stat.isDirectory()) throw Object.assign(new Error('Expected a file'), { code: 'EISDIR' });
  return openStream(descriptor, stat);
}

/**
 * Opens a stream that waits for a terminal, pipe or socket in the event loop. A file stream would wait in a thread,
 * which would keep the process from exiting.
 */
function openStream(fd: number, stat: Stats): Readable {
  if (isatty(fd)) return new ReadStream(fd);
  if (stat.isFIFO() || stat.isSocket()) return new Socket({ fd, readable: true, writable: false });
  return createReadStream('', { fd });
}
