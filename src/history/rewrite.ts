import type { Stats } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';

/** A part of a file, in octets: from `start` up to, but not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The parts of a file that are kept, in order; adjacent ones are joined. */
export interface Kept {
  readonly ranges: readonly Range[];
  /** Adds the next range. */
  add(range: Range): void;
  /** The length of all ranges together. */
  length(): number;
}

/** Creates an empty list of parts. */
export function createKept(): Kept {
  const ranges: Range[] = [];
  let total = 0;
  return {
    ranges,
    add({ start, end }) {
      total += end - start;
      const last = ranges.at(-1);
      if (last?.end === start) ranges[ranges.length - 1] = { start: last.start, end };
      else ranges.push({ start, end });
    },
    length: () => total,
  };
}

/** Octets that are copied at once. */
const chunkLength = 2 ** 20;

/** The path of the copy that a rewrite makes. It is left over if the process is killed meanwhile. */
export const copyOf = (path: string): string => `${path}.blogdom-copy`;

/**
 * Replaces a file by a copy that has only some parts of it. At any moment the path has either the old file or the new
 * one, as a whole.
 *
 * @param stats the permissions and the owner of the copy, which it gets if that is allowed.
 * @throws the error of the system; the file is then unchanged.
 */
export async function rewrite(
  path: string,
  ranges: readonly Range[],
  { mode, uid, gid }: Pick<Stats, 'mode' | 'uid' | 'gid'>,
): Promise<void> {
  const from = await open(path, 'r');
  try {
    const to = await open(copyOf(path), 'w', 0o600);
    try {
      await to.chown(uid, gid).catch(() => {});
      await to.chmod(mode & 0o777);
      await copyRanges(from, to, ranges);
      await to.sync();
    } finally {
      await to.close();
    }
  } catch (error) {
    await rm(copyOf(path), { force: true });
    throw error;
  } finally {
    await from.close();
  }
  await rename(copyOf(path), path);
}

async function copyRanges(from: FileHandle, to: FileHandle, ranges: readonly Range[]): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkLength);
  let filled = 0;
  let position = 0;
  const flush = async () => {
    await writeAll(to, buffer.subarray(0, filled), position);
    position += filled;
    filled = 0;
  };
  for (const { start, end } of ranges) {
    for (let next = start; next < end; ) {
      const length = Math.min(end - next, chunkLength - filled);
      const { bytesRead } = await from.read(buffer, filled, length, next);
      if (bytesRead === 0) throw new Error('another program has made it shorter');
      next += bytesRead;
      filled += bytesRead;
      if (filled === chunkLength) await flush();
    }
  }
  await flush();
}

/**
 * Writes octets at a position, however many writes that takes.
 *
 * @throws the error of the system; a part may have been written.
 */
export async function writeAll(file: FileHandle, octets: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < octets.length; ) {
    const { bytesWritten } = await file.write(octets, written, octets.length - written, position + written);
    written += bytesWritten;
  }
}
