import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A text in a spill file. */
export interface Spilled {
  readonly position: number;
  /** Octets. */
  readonly length: number;
}

/** A temporary file for what does not fit into memory. */
export interface SpillFile {
  /** Appends a text; returns undefined if that is not possible, because the disk is full, for example. */
  append(text: string): Promise<Spilled | undefined>;
  read(spilled: Spilled): Promise<string>;
  /** Closes the file, if there is one. After that, nothing can be appended. */
  close(): Promise<void>;
}

/**
 * Creates a spill file. It is opened, and deleted from its folder at once, when the first text is appended: so it leaves
 * nothing behind, however the process ends. Its space is freed when it is closed.
 *
 * @param folder where it is created.
 */
export function createSpillFile(folder: string = tmpdir()): SpillFile {
  let file: Promise<FileHandle> | undefined;
  let end = 0;
  let isClosed = false;

  const openDeleted = async (): Promise<FileHandle> => {
    const path = join(folder, `blogdom-${randomUUID()}`);
    const opened = await open(path, 'wx+', 0o600);
    // Some systems do not delete an open file.
    await unlink(path).catch(() => {});
    return opened;
  };

  return {
    async append(text) {
      if (isClosed) return undefined;
      const octets = Buffer.from(text);
      const position = end;
      end += octets.length;
      try {
        file ??= openDeleted();
        const { bytesWritten } = await (await file).write(octets, 0, octets.length, position);
        return bytesWritten === octets.length ? { position, length: octets.length } : undefined;
      } catch {
        return undefined;
      }
    },
    async read({ position, length }) {
      const octets = Buffer.alloc(length);
      if (file) await (await file).read(octets, 0, length, position);
      return octets.toString();
    },
    async close() {
      isClosed = true;
      const opened = await file?.catch(() => undefined);
      await opened?.close();
    },
  };
}
