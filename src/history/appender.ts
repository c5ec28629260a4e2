import type { FileHandle } from 'node:fs/promises';
import type { Recorded } from '../formats/format.js';
import { codeOf, whyUnusable } from '../util/error-code.js';
import type { FileSystem } from '../util/file-system.js';
import { quoted } from '../util/printable.js';
import { cannotWrite } from './messages.js';
import { readResults } from './read-results.js';
import { chunksOf, type Range, writeAll } from './tidy.js';

/** What came of appending lines. */
export interface Appended {
  /** How many of the lines, the first ones, are in the file. */
  readonly count: number;
  /** Why the others are not, with a message for the user. All further calls fail as well. */
  readonly failure: Error | undefined;
}

/** Appends to a file of results, to which another program may append at the same time. */
export interface Appender {
  /** What the file is: its device and its number there. */
  readonly id: string;
  /**
   * Reads what another program has added, and appends lines in one write.
   *
   * @param linesOf returns whole lines, each with its LF.
   * @param isHeld whether the lock of the file is still held.
   */
  append(linesOf: () => readonly string[], isHeld: () => Promise<boolean>): Promise<Appended>;
  /** Checks that the file has everything that was appended, and closes it. */
  close(isHeld: () => Promise<boolean>): Promise<void>;
}

/** An open file of results. */
export interface OpenResults {
  /** The file, open to read and to append (`O_APPEND`). */
  readonly file: FileHandle;
  /** Its path, as the user has written it, and without links. */
  readonly path: string;
  readonly target: string;
  readonly files: FileSystem;
  /** Octets that have been read of it, and whether they end in a line without its LF. */
  readonly length: number;
  readonly lacksNewline: boolean;
  /** Is called with each result that another program has added. */
  readonly onAdded: (result: Recorded) => void;
}

const lineFeed = 0x0a;

const nothing = Buffer.alloc(0);

/** Creates an appender. */
export async function createAppender({
  file,
  path,
  target,
  files,
  length,
  lacksNewline,
  onAdded,
}: OpenResults): Promise<Appender> {
  /** Octets of the file that have been read, or written and found to be there. */
  let known = length;
  /** What was appended last. */
  let last: Buffer = nothing;
  let needsLineFeed = lacksNewline;
  let failure: Error | undefined;
  const { id } = await identify(() => file.stat({ bigint: true }));

  const check = async (isHeld: () => Promise<boolean>) => {
    if (!(await isHeld()))
      throw new Error(`another program has taken or removed the lock of ${quoted(path)}`);
    const [own, there] = await Promise.all([
      identify(() => file.stat({ bigint: true })),
      identify(() => files.stat(target, { bigint: true })),
    ]);
    if (there.id !== id) throw new Error(`another program has replaced or removed ${quoted(path)}`);
    if (own.size < known + last.length) throw new Error(`another program has emptied or cut ${quoted(path)}`);
    if (own.size > known + last.length) await readAdded();
    known += last.length;
    last = nothing;
  };

  const readAdded = async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of chunksOf(file, known)) chunks.push(chunk);
    const added = Buffer.concat(chunks);
    const own = added.indexOf(last);
    if (own < 0) throw new Error(`another program has damaged ${quoted(path)}`);
    const before = new Set<string>();
    const onBefore = (result: Recorded) => {
      before.add(result.name);
      onAdded(result);
    };
    await readText(added.subarray(0, own), onBefore);
    await readText(added.subarray(own + last.length), onAdded);
    if (before.size > 0) await blank(known + own, before);
    known += added.length - last.length;
    needsLineFeed = added.at(-1) !== lineFeed;
  };

  /**
   * Overwrites the lines that were appended last whose names another program has added just before, so that each name is in the
   * file once. Spaces are allowed before a result (RFC 8259 section 2).
   *
   * @param position where those lines begin, in octets.
   */
  const blank = async (position: number, names: ReadonlySet<string>) => {
    const lines: Range[] = [];
    await readText(last, ({ name }, start, end) => {
      if (names.has(name)) lines.push({ start, end: end === last.length ? end - 1 : end });
    });
    if (lines.length === 0) return;
    const writable = await files.open(target, 'r+');
    try {
      for (const { start, end } of lines) {
        await writable.write(Buffer.alloc(end - start, ' '), 0, end - start, position + start);
      }
    } finally {
      await writable.close();
    }
  };

  return {
    id,
    async append(linesOf, isHeld) {
      if (failure) return { count: 0, failure };
      let written = 0;
      let lines: readonly string[] = [];
      try {
        await check(isHeld);
        lines = linesOf();
        if (lines.length === 0) return { count: 0, failure };
        last = Buffer.from((needsLineFeed ? '\n' : '') + lines.join(''));
        await writeAll(file, last, (count) => {
          written = count;
        });
        needsLineFeed = false;
        return { count: lines.length, failure };
      } catch (error) {
        failure = describe(error, path);
        return { count: countWhole(lines, written - (needsLineFeed ? 1 : 0)), failure };
      }
    },
    async close(isHeld) {
      try {
        if (failure) return;
        await check(isHeld);
        // Some file systems report only now that the disk is full.
        await file.datasync();
      } catch (error) {
        throw describe(error, path);
      } finally {
        await file.close();
      }
    },
  };
}

/** Counts the lines that a number of octets holds. The LF of the last one may be missing: it is a result without it. */
function countWhole(lines: readonly string[], octets: number): number {
  let end = 0;
  const cut = lines.findIndex((line) => {
    end += Buffer.byteLength(line);
    return end - 1 > octets;
  });
  return cut < 0 ? lines.length : cut;
}

/** An error of the system says in its code what is wrong; all others are messages for the user. */
const describe = (error: unknown, path: string): Error =>
  error instanceof Error && codeOf(error) === undefined
    ? error
    : new Error(cannotWrite(path, whyUnusable(error, 'write')));

/** Tells which file something is; none if it is gone. */
async function identify(
  stat: () => Promise<{ readonly dev: bigint; readonly ino: bigint; readonly size: bigint }>,
): Promise<{ readonly id: string; readonly size: number }> {
  try {
    const { dev, ino, size } = await stat();
    return { id: `${dev}:${ino}`, size: Number(size) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { id: '', size: 0 };
    throw error;
  }
}

async function readText(text: Uint8Array, onResult: Parameters<typeof readResults>[1]): Promise<void> {
  async function* chunks() {
    yield text;
  }
  await readResults(chunks(), onResult, new AbortController().signal);
}
