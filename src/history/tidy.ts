import type { FileHandle } from 'node:fs/promises';
import type { FileSystem } from '../util/file-system.js';
import { temporaryFor } from '../util/replace-file.js';
import { inUtf8 } from '../util/utf-16.js';

/** A part of a file, in octets: from `start` up to, but not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Octets that are read at once. */
const chunkLength = 2 ** 20;

/** Reads an open file, from a position to its end. */
export async function* chunksOf(file: FileHandle, from = 0): AsyncGenerator<Buffer, void, undefined> {
  for (let position = from; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(chunkLength), 0, chunkLength, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Writes all octets. The system may take fewer at once, such as the last ones for which a disk has room.
 *
 * @param onWritten is called with how many have been written in all, after each write.
 * @throws the error of the system.
 */
export async function writeAll(
  file: FileHandle,
  octets: Uint8Array,
  onWritten: (count: number) => void = () => {},
): Promise<void> {
  for (let count = 0; count < octets.length; ) {
    count += (await file.write(octets, count, octets.length - count)).bytesWritten;
    onWritten(count);
  }
}

/**
 * Replaces a file by a copy in UTF-8 without some parts of it. At any moment the path has either the old file or the new one, as a
 * whole. Somebody else who has the old file open would go on with it: only a file that is locked may be replaced.
 *
 * @param file the open file.
 * @param dropped the parts, in order, in octets of UTF-8.
 * @param signal ends copying.
 * @throws the error of the system, or an error if the file has another name or is changing; it is then as it was.
 */
export async function tidy(
  file: FileHandle,
  path: string,
  dropped: readonly Range[],
  files: FileSystem,
  signal: AbortSignal,
): Promise<void> {
  const { mode, uid, gid, nlink, size } = await file.stat();
  if (nlink !== 1) throw new Error('it has other names, too (hard links)');
  const temporary = temporaryFor(path);
  const copy = await files.open(temporary, 'wx', 0o600);
  try {
    try {
      const own = await copy.stat();
      if (own.uid !== uid || own.gid !== gid) await copy.chown(uid, gid);
      await copy.chmod(mode & 0o7777);
      for await (const part of partsOf(inUtf8(chunksOf(file)), dropped)) {
        signal.throwIfAborted();
        await writeAll(copy, part);
      }
      await copy.sync();
    } finally {
      await copy.close();
    }
    if ((await file.stat()).size !== size) throw new Error('another program is writing to it');
    await files.rename(temporary, path);
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Passes on chunks without the parts that are dropped. */
async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
  dropped: readonly Range[],
): AsyncGenerator<Uint8Array, void, undefined> {
  let position = 0;
  let index = 0;
  for await (const chunk of chunks) {
    const next: number = position + chunk.length;
    const parts: Uint8Array[] = [];
    let start = position;
    for (let range = dropped[index]; range && range.start < next; range = dropped[index]) {
      if (range.start > start) parts.push(chunk.subarray(start - position, range.start - position));
      start = Math.min(range.end, next);
      if (range.end > next) break;
      index++;
    }
    parts.push(chunk.subarray(start - position));
    yield Buffer.concat(parts);
    position = next;
  }
}
