import type { Recorded } from '../formats/format.js';
import { createNameTable } from './name-table.js';
import { completed, decodeSeen, encodeSeen, recalled, type Seen, seenIn, seenWidth } from './seen.js';

/** What has been seen of many names. */
export interface Memory {
  get(name: string): Seen | undefined;
  /** Remembers a result, and of what it does not tell, what was known before. */
  add(result: Recorded): void;
  /** Adds to a result what is remembered of its name and the result does not tell. */
  recall(result: Recorded): Recorded;
}

/** Creates an empty memory. */
export function createMemory(): Memory {
  const table = createNameTable(seenWidth);
  const get = (name: string): Seen | undefined => {
    const code = table.get(name);
    return code === undefined ? undefined : decodeSeen(code);
  };
  return {
    get,
    add(result) {
      table.set(result.name, encodeSeen(completed(seenIn(result), get(result.name))));
    },
    recall(result) {
      const before = get(result.name);
      return before === undefined ? result : recalled(result, before);
    },
  };
}
