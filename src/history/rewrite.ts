import { createReadStream, type Stats } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { inUtf8, isUtf16 } from '../util/utf-16.js';

/** A part of a file, in octets: from `start` up to, but not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Reads a file in UTF-8, or converts it if it is in UTF-16. */
export const readUtf8 = (path: string): AsyncIterable<Uint8Array> =>
  inUtf8(createReadStream(path, { highWaterMark: 2 ** 20 }));

/** Whether a file is in UTF-16. */
export async function isFileInUtf16(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return isUtf16(buffer);
  } finally {
    await file.close();
  }
}

/** The path of the copy that a rewrite makes. It is left over if the process is killed meanwhile. */
export const copyOf = (path: string): string => `${path}.blogdom-copy`;

/**
 * Replaces a file by a copy that has only some parts of it. At any moment the path has either the old file or the new
 * one, as a whole.
 *
 * @param ranges the parts, in order, in UTF-8.
 * @param stats the permissions and the owner of the copy, which it gets if that is allowed.
 * @throws the error of the system; the file is then unchanged.
 */
export async function rewrite(
  path: string,
  ranges: readonly Range[],
  { mode, uid, gid }: Pick<Stats, 'mode' | 'uid' | 'gid'>,
): Promise<void> {
  try {
    const copy = await open(copyOf(path), 'w', 0o600);
    try {
      await copy.chown(uid, gid).catch(() => {});
      await copy.chmod(mode & 0o777);
      await writeFile(copy, partsOf(path, ranges));
      await copy.sync();
    } finally {
      await copy.close();
    }
    await rename(copyOf(path), path);
  } catch (error) {
    await rm(copyOf(path), { force: true });
    throw error;
  }
}

async function* partsOf(path: string, ranges: readonly Range[]): AsyncGenerator<Uint8Array, void, undefined> {
  let position = 0;
  let index = 0;
  for await (const chunk of readUtf8(path)) {
    const next: number = position + chunk.length;
    const parts: Uint8Array[] = [];
    for (let range = ranges[index]; range && range.start < next; range = ranges[index]) {
      parts.push(chunk.subarray(Math.max(range.start - position, 0), range.end - position));
      if (range.end > next) break;
      index++;
    }
    yield Buffer.concat(parts);
    position = next;
  }
  if (index < ranges.length) throw new Error('another program has made it shorter');
}
