import type { FileHandle } from 'node:fs/promises';
import { type FileSystem, systemFiles } from '../../src/util/file-system.js';

/** What goes wrong at a call of the system. After a crash, no call does anything. */
export type Fault =
  | 'short write'
  | 'full disk'
  | 'EIO'
  | 'EINTR'
  | 'ENOSPC'
  | 'crash'
  | 'crash within a write';

/** Files whose system fails at one call. */
export interface FaultyFiles {
  readonly files: FileSystem;
  /** The number of calls so far. */
  calls(): number;
  /** Closes all files, as the end of a process does. */
  close(): Promise<void>;
}

const errorOf = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * Creates files whose system fails at the call with a number, from 1.
 *
 * @param at 0 for none.
 */
export function createFaultyFiles(at: number, fault: Fault): FaultyFiles {
  let calls = 0;
  const handles: FileHandle[] = [];

  /** Decides what happens at a call; returns whether a write writes only a half of its octets. */
  const call = (name: string): boolean => {
    calls++;
    if (at === 0 || calls < at) return false;
    if (calls > at) {
      if (fault.startsWith('crash')) throw new Error('crashed');
      if (fault === 'full disk' && name === 'write') throw errorOf('ENOSPC');
      return false;
    }
    if (fault === 'short write' || fault === 'full disk' || fault === 'crash within a write')
      return name === 'write';
    throw fault === 'crash' ? new Error('crashed') : errorOf(fault);
  };

  const faultyHandle = (handle: FileHandle): FileHandle =>
    new Proxy(handle, {
      get(target, key) {
        const value = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        if (key === 'write') {
          return async (content: string | Uint8Array, ...rest: number[]) => {
            const octets = Buffer.from(content);
            const isHalf = call('write');
            if (typeof content === 'string') return target.write(octets, 0, octets.length, rest[0]);
            const [start = 0, length = octets.length - start, position] = rest;
            const written = await target.write(
              octets,
              start,
              isHalf ? Math.ceil(length / 2) : length,
              position,
            );
            if (isHalf && fault === 'crash within a write') throw new Error('crashed');
            return written;
          };
        }
        return async (...values: unknown[]) => {
          call(String(key));
          return Reflect.apply(value, target, values);
        };
      },
    });

  const faulty = <Name extends 'realpath' | 'rename' | 'rm' | 'stat'>(name: Name): FileSystem[Name] =>
    new Proxy(systemFiles[name], {
      async apply(target, self, values) {
        call(name);
        return Reflect.apply(target, self, values);
      },
    });

  return {
    files: {
      async open(...values) {
        call('open');
        const handle = await systemFiles.open(...values);
        handles.push(handle);
        return faultyHandle(handle);
      },
      realpath: faulty('realpath'),
      rename: faulty('rename'),
      rm: faulty('rm'),
      stat: faulty('stat'),
    },
    calls: () => calls,
    async close() {
      for (const handle of handles) await handle.close();
    },
  };
}
